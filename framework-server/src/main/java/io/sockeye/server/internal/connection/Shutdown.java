package io.sockeye.server.internal.connection;

import io.sockeye.protocol.CloseReason;
import io.sockeye.server.DisconnectReason;

/** How one connection ends because the server stops. Owned by its loop. */
final class Shutdown {
    private final Connection connection;
    /** Whether the sockets had to end before the connection, which the client has to be told of. */
    private boolean socketsEnded;

    Shutdown(Connection connection) {
        this.connection = connection;
    }

    /** The sockets end, and nothing that the client sends counts any more; {@link #end} follows. */
    void leave() {
        socketsEnded = connection.hasSockets();
        connection.sockets().fail();
        connection.sockets().end(DisconnectReason.SERVER_SHUTTING_DOWN);
    }

    /**
     * The connection ends; clients come back by themselves. Nobody waits for one that is in no namespace: it may be gone.
     * Unless it polls, was in a namespace, and may have to fetch that it is there no longer.
     */
    void end() {
        var session = connection.session();
        boolean owed = socketsEnded
                || connection.hasSockets()
                || (connection.presence().everJoined() && (session.owesMessages() || !session.isOpen()));
        connection.sockets().end(DisconnectReason.SERVER_SHUTTING_DOWN);
        connection.close(CloseReason.SERVER_SHUTTING_DOWN);
        if (owed) {
            return;
        }
        if (!session.transport().writable()) {
            session.abort(CloseReason.SERVER_SHUTTING_DOWN);
        }
        session.transport().hangUp();
    }
}
