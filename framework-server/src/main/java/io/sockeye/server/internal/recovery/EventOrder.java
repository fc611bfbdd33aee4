package io.sockeye.server.internal.recovery;

import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.ClusterLog;
import io.sockeye.server.Flags;
import io.sockeye.server.Target;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.socket.LocalSocket;
import org.jspecify.annotations.Nullable;

/**
 * Gives what is sent, and what is done to many sockets, its place in a log and has it done in that order on all loops: {@link
 * OwnOrder} where a server has its log for itself, {@link ClusterOrder} where all servers of a cluster share one. Any thread.
 */
public sealed interface EventOrder permits OwnOrder, ClusterOrder {
    /** Begins to follow the log of the cluster, if there is one. */
    void start();

    /** Runs a task once what was logged before this server began is behind it, so that nobody new is sent that. */
    void whenBegun(Runnable task);

    /** Sends an event to the sockets that are meant, and to those whose client comes back. */
    void send(LocalNamespace namespace, SocketPacket.Event event, Target target, Flags flags);

    /** Sends an event to one socket, or to the one that its client has when it comes back. */
    void sendTo(LocalSocket socket, SocketPacket.Event event, Flags flags);

    /** Does something to the sockets that are meant, and to those whose client comes back. */
    void steer(ClusterLog.Entry what);

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
