package io.sockeye.server;

import io.sockeye.server.adapter.Cluster;
import java.time.Duration;
import java.util.Objects;

/**
 * Lets clients that lost their connection recover their session: the same id, rooms and data, and the events that they
 * missed, in order, each once. Works with unchanged official clients. What is kept is bounded: a client whose session
 * had to be forgotten, that missed events which are not kept any more or more than {@link
 * SocketServerBuilder#outboxBytes}, or that left by itself, gets a new one, and {@link Socket#recovered()} is false.
 *
 * <p>The events of the server are kept in one log for all clients. A client that comes back gets from it the events for
 * its rooms as they were when the connection was lost, and as they changed while it was away. So a client that joined a
 * room at the moment of the loss may get what was sent to the room right before.
 *
 * <p>While the client is away, its socket is not connected. Still, events for it or its rooms are kept, rooms can be
 * joined and left, and after {@link Socket#disconnect()} the client cannot come back. A client that came back has
 * another {@link Socket} with the same id, to which all calls of the old one are passed on. Volatile events and those
 * that ask for an acknowledgement are not kept.
 *
 * <p>If the servers of a {@link Cluster} share sessions and log, the client may come back to another server. {@link
 * Socket#data()} is then a copy by JSON from the end of the connection, without what a disconnect handler puts into it.
 * Unlike on one server, the new connection handler does not wait for the disconnect handler: both may run at the same
 * time.
 *
 * <p>Events have one more argument, the offset, which handlers of the official clients get as well. If a volatile
 * event, or one that asks for an acknowledgement, follows and its last argument is a string, the client takes that for
 * the offset and gets a new session when it comes back.
 *
 * <p>Missed events are sent before the CONNECT packet, as by the reference server. The official JavaScript client gets
 * them twice if its connection breaks between the two.
 *
 * <pre>{@code
 * SocketServer.builder().connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(2)));
 * }</pre>
 *
 * @param maxDisconnectionDuration how long a client may be away, counted from the last connection on which the server
 *     received an answer of it: a connection that is lost before that does not end the absence
 * @param skipMiddlewares whether the namespace's middleware is skipped when a client comes back
 * @param maxSessions how many sessions of clients that are away are kept, the latest ones, as far as a quarter of
 *     {@link SocketServerBuilder#memory} for what has arrived has room for them
 * @param maxPackets how many events are kept, the latest ones
 * @param maxBytes how many bytes they may take, about; never more than a quarter of what {@link SocketServerBuilder#memory} allows for what is sent
 */
public record ConnectionStateRecovery(
        Duration maxDisconnectionDuration, boolean skipMiddlewares, int maxSessions, int maxPackets, long maxBytes) {
    public ConnectionStateRecovery {
        Objects.requireNonNull(maxDisconnectionDuration);
        if (maxDisconnectionDuration.isNegative() || maxSessions < 1 || maxPackets < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "recovery: maxDisconnectionDuration %s, maxSessions %d, maxPackets %d, maxBytes %d"
                            .formatted(maxDisconnectionDuration, maxSessions, maxPackets, maxBytes));
        }
    }

    /**
     * Recovery within this time, for which the reference server's default is two minutes; for up to 100,000 clients,
     * with the last 1,000,000 events or 64 MiB of them, and without the middleware.
     */
    public static ConnectionStateRecovery within(Duration maxDisconnectionDuration) {
        return new ConnectionStateRecovery(maxDisconnectionDuration, true, 100_000, 1_000_000, 64L << 20);
    }

    /** Whether the middleware is skipped. */
    public ConnectionStateRecovery skipMiddlewares(boolean skipped) {
        return new ConnectionStateRecovery(maxDisconnectionDuration, skipped, maxSessions, maxPackets, maxBytes);
    }

    /** Keeps the sessions of so many clients that are away. */
    public ConnectionStateRecovery maxSessions(int count) {
        return new ConnectionStateRecovery(maxDisconnectionDuration, skipMiddlewares, count, maxPackets, maxBytes);
    }

    /** Keeps so many events. */
    public ConnectionStateRecovery maxPackets(int count) {
        return new ConnectionStateRecovery(maxDisconnectionDuration, skipMiddlewares, maxSessions, count, maxBytes);
    }

    /** Keeps so many bytes of events. */
    public ConnectionStateRecovery maxBytes(long bytes) {
        return new ConnectionStateRecovery(maxDisconnectionDuration, skipMiddlewares, maxSessions, maxPackets, bytes);
    }
}
