package io.sockeye.server;

import java.time.Duration;
import java.util.Objects;

/**
 * Lets clients that lost their connection come back as who they were: with the same id, rooms and data, and with the
 * events that they missed, in order, each once. It works with official clients as they are. What is kept is bounded: a
 * client whose session had to be forgotten, that missed events which are not kept any more or more than {@link
 * SocketServerBuilder#outboxBytes}, or that left by itself, gets a new one, and {@link Socket#recovered()} tells.
 *
 * <p>The events of the server are kept in one log, once for all clients, from where each gets what was meant for it: for all
 * of its rooms as they are when it loses its connection, and as they change while it is away. So a client that joined a
 * room in the moment of the loss may get what the room was sent right before that.
 *
 * <p>While the client is away, its socket is not connected. Still, what is emitted to it or to its rooms is kept, rooms can
 * be joined and left, and {@link Socket#disconnect()} forbids the client to come back. When it is back it has another
 * {@link Socket} with the same id, and all that is done with the old one happens to that. Volatile events and those that
 * ask for an acknowledgement are not kept.
 *
 * <p>Where the servers of a {@link Cluster} share all that, the client may come back at another one. {@link Socket#data()} is
 * then as it was, as JSON has it, at the end of the connection: what a disconnect handler puts into it is not there. Nor is the
 * disconnect handler waited for, as it is on one server: it may still run when the connection handler of the other server does.
 *
 * <p>Events have one more argument, the offset, which handlers of the official clients get as well. A client that got
 * after it a volatile event, or one that asks for an acknowledgement, whose last argument is a string takes that one for
 * the offset: it gets a new session then.
 *
 * <p>What was missed is sent before the answer that the client is back, as by the reference server. The official
 * JavaScript client hears it twice if its connection breaks right between the two.
 *
 * <pre>{@code
 * SocketServer.builder().connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(2)));
 * }</pre>
 *
 * @param maxDisconnectionDuration how long a client may be away, from its last connection on that it has answered on: one that is lost again right
 *     after it came back, before the server has heard of it, was away all the time
 * @param skipMiddlewares whether the namespace's middleware is not asked again when a client comes back
 * @param maxSessions how many clients that are away are remembered, the latest ones, as far as a quarter of {@link SocketServerBuilder#memory} for
 *     what has arrived has room for them
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
     * Recovery within this time, which the reference server has at two minutes; for up to 100,000 clients, with the last
     * 1,000,000 events or 64 MiB of them, without asking the middleware again.
     */
    public static ConnectionStateRecovery within(Duration maxDisconnectionDuration) {
        return new ConnectionStateRecovery(maxDisconnectionDuration, true, 100_000, 1_000_000, 64L << 20);
    }

    /** Whether the middleware is not asked again. */
    public ConnectionStateRecovery skipMiddlewares(boolean skipped) {
        return new ConnectionStateRecovery(maxDisconnectionDuration, skipped, maxSessions, maxPackets, maxBytes);
    }

    /** Remembers so many clients that are away. */
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
