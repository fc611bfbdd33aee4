package io.sockeye.server.internal.namespace;

import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.Target;

/**
 * Gives what is sent, and what is done to many sockets, its place in a log and has it done in that order on all loops, also to
 * those whose client comes back. Any thread.
 */
public interface EventOrder {
    /** Sends an event to the sockets that are meant. */
    void send(String namespace, SocketPacket.Event event, Target target, Flags flags);

    /** Does something to the sockets that are meant. */
    void change(ClusterLog.Entry what);

    /** Whether all servers of a cluster share the log. */
    boolean isShared();
}
