package io.sockeye.client.internal.transport;

import io.sockeye.engine.Transport;
import io.sockeye.protocol.TransportKind;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Opens the transports of one session. Used by the owner's thread. */
public interface SessionTransports {
    /** A transport that opens a session at the server or, if there is one, joins it. */
    Transport open(TransportKind kind);

    /** The server has opened the session: all further requests carry this id. */
    void opened(String sid);

    /** Why no request has been sent to the server yet; null if one may have been. */
    @Nullable
    TransportFailure blockedBy();

    /** The transport of this kind carries the session from now on. */
    void activeTransport(TransportKind kind);

    /** Completed once all transports of the session are closed and none of their requests is running. */
    CompletableFuture<Void> ended();
}
