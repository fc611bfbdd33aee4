package io.sockeye.server.internal.socket;

import io.sockeye.protocol.CloseReason;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.internal.threads.HandlerTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the sockets of one connection that have left and whose handlers are not through. A client that leaves more
 * namespaces than it may have is not read any further until they are. Owned by the connection's loop.
 */
final class LeavingSockets {
    private static final Logger log = LoggerFactory.getLogger(LeavingSockets.class);
    /** As many times more may leave of a client that is read because it owes an answer. */
    private static final int FACTOR_WHILE_OWING = 4;

    private final ConnectionSockets connection;
    private final int limit;
    private int leaving;

    LeavingSockets(ConnectionSockets connection, int limit) {
        this.connection = connection;
        this.limit = limit;
    }

    /**
     * A socket has left.
     *
     * @param handled is run by the returned task, which is posted behind the last handler
     */
    HandlerTask begin(LocalSocket socket, DisconnectReason reason, Runnable handled) {
        leaving++;
        if (leaving == limit) {
            connection.attention().rest();
        } else if (leaving > (long) FACTOR_WHILE_OWING * limit && connection.isOpen()) {
            log.debug(
                    "session {} leaves too many namespaces",
                    connection.session().sid());
            connection.close(CloseReason.FORCED_CLOSE);
        }
        if (reason != DisconnectReason.MEMORY) { // What waited of such a one was dropped.
            connection.onLoop().leaving().add(socket);
        }
        return HandlerTask.of(handled, () -> connection.loop().execute(() -> end(socket)), false);
    }

    private void end(LocalSocket socket) {
        connection.onLoop().handled(socket);
        socket.memory().close();
        socket.membership().rooms().forget();
        if (leaving == limit) {
            connection.attention().readAgain();
        }
        leaving--;
    }
}
