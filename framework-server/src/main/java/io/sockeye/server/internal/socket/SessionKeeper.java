package io.sockeye.server.internal.socket;

import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.internal.context.ServerLoop;
import java.util.Set;
import java.util.function.Consumer;

/** What sockets need of what lets their clients come back: the log of what they may miss, and a place for their sessions. */
public interface SessionKeeper {
    /** Sends an event to one socket, or to the one that its client has when it comes back. Any thread. */
    void sendTo(LocalSocket socket, SocketPacket.Event event, Flags flags);

    /**
     * Does something to the socket that a client has at present, on that socket's loop. Any thread.
     *
     * @param number of the log that it follows
     * @param absent is run if the client is not there, or was not in its place; any thread
     */
    void reach(RecoveryState state, long number, Consumer<LocalSocket> action, Runnable absent);

    /** The last number of the log that was drawn. Any thread. */
    long lastNumber();

    /** On the loop: up to which number of the log all is done that concerns the sockets there. */
    long done(ServerLoop loop);

    /** On the loop: a socket is about to leave; {@link #handled} follows. */
    void leaves(SocketSession session);

    /** In the usual mailbox: all handlers of a socket that has left are through, but perhaps those elsewhere. */
    void handled(SocketSession session);

    /**
     * On the loop: the client is away, and may come back.
     *
     * @param rooms in which the socket was
     * @param position what has a higher number in the log has not been done to it
     */
    void park(SocketSession session, Set<String> rooms, long position);

    /** On the loop: the session ends for good. */
    void end(RecoveryState state);
}
