package io.sockeye.client.internal.transport;

import io.sockeye.engine.Transport;
import io.sockeye.engine.TransportKind;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Opens the transports of one session. Used by the owner's thread. */
public interface SessionTransports {
    /** A transport that asks the server for a session or, once there is one, wants to join it. */
    Transport open(TransportKind kind);

    /** The session has its id: all further requests name it. */
    void opened(String sid);

    /** What has kept the session from asking the server for anything so far; null if nothing has. */
    @Nullable
    TransportFailure obstacle();

    /** From now on the transport of this kind carries the session. */
    void carriedBy(TransportKind kind);

    /** Completed once all transports of the session were closed and nothing of them is under way any more. */
    CompletableFuture<Void> ended();
}
