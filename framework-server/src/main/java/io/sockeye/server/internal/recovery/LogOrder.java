package io.sockeye.server.internal.recovery;

import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.internal.namespace.EventOrder;
import io.sockeye.server.internal.socket.LocalSocket;
import org.jspecify.annotations.Nullable;

/**
 * The order of a log: {@link OwnOrder} where a server has its log for itself, {@link ClusterOrder} where all servers of a
 * cluster share one. Any thread.
 */
public sealed interface LogOrder extends EventOrder permits OwnOrder, ClusterOrder {
    /** Begins to follow the log of the cluster, if there is one. */
    void start();

    /** Runs a task once what was logged before this server began is behind it, so that nobody new is sent that. */
    void whenBegun(Runnable task);

    /** Sends an event to one socket, or to the one that its client has when it comes back. */
    void sendTo(LocalSocket socket, SocketPacket.Event event, Flags flags);

    /** Runs a short task that posts something to loops, which comes there behind what was logged here before. */
    void behind(Runnable task);

    /** What clients are told of an event of the log; null if it is not known any more. */
    @Nullable
    String offset(long number);

    /** The number that an offset stands for; negative if it is none of this log's. */
    long number(@Nullable String offset);

    /** Gives up what was waited for too long. Called again and again. */
    void expire();

    /** How much waits for the log of the cluster. */
    int unlogged();
}
