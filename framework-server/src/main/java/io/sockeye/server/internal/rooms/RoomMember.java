package io.sockeye.server.internal.rooms;

import io.sockeye.ack.PendingAck;
import io.sockeye.server.Socket;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.SocketDetails;
import io.sockeye.server.internal.context.Outgoing;

/** A socket as those see it who do something to all in a room. The methods that it has beyond {@link Socket} are for the loop. */
public interface RoomMember extends Socket {
    /** Sends an event, unless it may be dropped and would have to wait. */
    void deliver(Outgoing outgoing);

    /** Sends an event that waits for an acknowledgement. */
    void request(Outgoing outgoing, long deadlineMillis, PendingAck pending);

    /** Joins or leaves rooms, or ends, as the entry says. */
    void change(ClusterLog.Entry entry);

    /** Sends an event of the log, unless it was sent when the client came back. */
    void deliverLogged(long number, Outgoing outgoing);

    /** Does what the log says, unless that was done when the client came back. */
    void changeLogged(long number, ClusterLog.Entry entry);

    /**
     * Whether something that is not logged, and follows this number of the log, comes in its place here. If the client came back
     * meanwhile, what is logged behind it was sent already: it was away then, and does not get the rest.
     */
    boolean follows(long number);

    /** Ends its session at once, so that the client comes back to what it misses. */
    void abort();

    SocketDetails details();
}
