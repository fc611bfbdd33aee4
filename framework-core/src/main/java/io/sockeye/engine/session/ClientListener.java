package io.sockeye.engine.session;

import io.sockeye.engine.Handshake;
import io.sockeye.engine.Transport;

/** What a client's session tells its owner, on the owner's thread. */
public interface ClientListener extends SessionListener {
    /** The server has opened the session; called once, before any message. */
    void onOpen(Handshake handshake);

    /** The session does not move to the transport that was tried, and stays where it is. */
    default void onUpgradeFailed(Transport tried) {}
}
