package io.sockeye.engine.session;

import io.sockeye.engine.Handshake;
import io.sockeye.engine.Transport;

/** Callbacks of a client's session to its owner, on the owner's thread. */
public interface ClientListener extends SessionListener {
    /** The server has opened the session; called once, before any message. */
    void onOpen(Handshake handshake);

    /** The upgrade to this transport failed; the session stays on its present one. */
    default void onUpgradeFailed(Transport tried) {}
}
