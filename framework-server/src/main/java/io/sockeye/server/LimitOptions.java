package io.sockeye.server;

import io.sockeye.engine.Limits;
import io.sockeye.server.netty.LoopFailure;
import io.sockeye.socket.SocketLimits;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link SocketServerBuilder} that is about what one client may have, and all of them together. Not thread-safe.
 *
 * <pre>{@code
 * SocketServer.builder().outboxBytes(1 << 20).memory(256 << 20, 256 << 20).onOverflow(overflow -> count(overflow.reason()))
 * }</pre>
 *
 * @param <B> the builder
 */
public abstract sealed class LimitOptions<B extends LimitOptions<B>> extends HttpOptions<B>
        permits SocketServerBuilder {
    private static final long LEAST_MAILBOX_BYTES = 4 << 20;
    private static final int DYNAMIC_NAMESPACES = 10_000;
    /** Of the memory that the JVM may use, for what waits in and for what waits out. */
    private static final int SHARE_OF_MEMORY = 4;

    int mailboxLimit = 1024;
    int maxNamespaces = 100;
    int maxAuthBytes = 16 << 10;
    int maxRooms = 10_000;

    LoopFailure loopFailure = LoopFailure.CLOSE;
    int maxAttachments = SocketLimits.DEFAULT.attachments();

    /** Null if nobody wants to know. */
    @Nullable
    OverflowHandler overflows;

    /** 0 for what suits the longest message. */
    private long outboxBytes;

    private long mailboxBytes;
    /** 0 for as many as the memory has room for. */
    private int maxDynamicNamespaces;
    /** 0 for a share of the JVM's memory. */
    private long memoryIn;

    private long memoryOut;

    LimitOptions() {}

    /** An answer may be as long as what was asked, and wait while another one leaves. */
    long usualOutboxBytes() {
        return outboxBytes > 0 ? outboxBytes : Math.max(Limits.DEFAULT.outboxBytes(), 2L * maxPayload);
    }

    long usualMailboxBytes() {
        return mailboxBytes > 0 ? mailboxBytes : Math.max(LEAST_MAILBOX_BYTES, 2L * maxPayload);
    }

    /** Those that nobody need use take a quarter of the memory for what has arrived, at most. */
    int usualMaxDynamicNamespaces() {
        long room = memoryIn() / SHARE_OF_MEMORY / DynamicCount.NAMESPACE_OBJECTS;
        return maxDynamicNamespaces > 0 ? maxDynamicNamespaces : (int) Math.max(1, Math.min(DYNAMIC_NAMESPACES, room));
    }

    long memoryIn() {
        return memoryIn > 0 ? memoryIn : Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
    }

    long memoryOut() {
        return memoryOut > 0 ? memoryOut : Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
    }

    /** Binary values that one event may carry; 10 by default. */
    public B maxAttachments(int count) {
        maxAttachments = Setting.atLeast(0, "maxAttachments", count);
        return self();
    }

    /**
     * Bytes that may wait for a client that takes them too slowly, else it is disconnected; 16 MiB by default, or twice {@link #maxPayload} if that is more.
     */
    public B outboxBytes(long bytes) {
        outboxBytes = Setting.atLeast(1, "outboxBytes", bytes);
        return self();
    }

    /**
     * How many events of one client in a namespace may wait for their handlers, 1,024 by default. Above it the connection is
     * not read any further, so that the client has to wait. While the client owes an answer, for which a handler may wait, it
     * is read on; above four times as many events, but at least 1,024, it is disconnected then, as {@link
     * DisconnectReason#MAILBOX_OVERFLOW}. So a request that may stay unanswered wants a timeout.
     */
    public B mailboxLimit(int events) {
        mailboxLimit = Setting.atLeast(1, "mailboxLimit", events);
        return self();
    }

    /**
     * How many bytes these events may have, as {@link #mailboxLimit}; 4 MiB by default, or twice {@link #maxPayload} if that
     * is more. Four times as many while the client owes an answer.
     */
    public B mailboxBytes(long bytes) {
        mailboxBytes = Setting.atLeast(1, "mailboxBytes", bytes);
        return self();
    }

    /**
     * How many namespaces one client may be in, or wait to be let into, at the same time; 100 by default. A client that
     * asks for more is disconnected. One that has left as many, whose disconnect handlers are not through, is not read
     * any further until they are.
     */
    public B maxNamespaces(int count) {
        maxNamespaces = Setting.atLeast(1, "maxNamespaces", count);
        return self();
    }

    /**
     * How long the {@code auth} payload may be with which a client joins a namespace, in bytes; 16 KiB by default. It is kept as
     * long as the socket. A client that sends more is told so by an error when it connects.
     */
    public B maxAuthBytes(int bytes) {
        maxAuthBytes = Setting.atLeast(2, "maxAuthBytes", bytes);
        return self();
    }

    /**
     * How many bytes the server may hold for all clients together: of what they have sent and is not handled, and of what they
     * have not taken. By default a quarter of the JVM's memory each. Above three quarters of one of them those that hold most
     * are not read any further; above nine tenths the one that holds the most is disconnected, as {@link
     * DisconnectReason#MEMORY}, then the next one, until there is less. There may be one session for each 2 KiB of the first one,
     * 131,072 with a heap of 1 GiB, and a quarter as many that have joined no namespace: of these one goes for each new one. Where nearly
     * as many have joined, those are disconnected, as {@link DisconnectReason#TOO_MANY_SESSIONS}, that come from the address with far more
     * than a new client's, or that poll and have not done so for long; if there are none, new ones are refused.
     */
    public B memory(long inBytes, long outBytes) {
        memoryIn = Setting.atLeast(1, "memory", inBytes);
        memoryOut = Setting.atLeast(1, "memory", outBytes);
        return self();
    }

    /** Told of each client that is disconnected because too much is held for it; nobody is by default. */
    public B onOverflow(OverflowHandler handler) {
        overflows = Objects.requireNonNull(handler);
        return self();
    }

    /**
     * In how many rooms a socket may be by {@link Socket#join}, 10,000 by default. To join one more fails with a {@link
     * io.sockeye.event.Rejection}, {@code too many rooms}: the answer to a client whose request brought that about. What
     * the application does to many sockets, {@link Audience#socketsJoin}, is not bounded.
     */
    public B maxRooms(int count) {
        maxRooms = Setting.atLeast(1, "maxRooms", count);
        return self();
    }

    /**
     * What happens when the thread of an event loop ends by an error, which mostly means that there is no memory; {@link LoopFailure#CLOSE} by
     * default, which leaves the rest of the process alone. {@link LoopFailure#HALT} suits a process that is nothing but a server, and that is
     * started again by whoever watches it.
     */
    public B onLoopFailure(LoopFailure chosen) {
        loopFailure = Objects.requireNonNull(chosen);
        return self();
    }

    /**
     * How many namespaces that clients brought into being, see {@link SocketServer#of(java.util.regex.Pattern)}, there may be at the
     * same time, of all clients together; 10,000 by default, or as many as fit into a quarter of {@link #memory} for what has
     * arrived, in which each counts for 4 KiB. A client that asks for one more is refused with the message
     * {@code too many namespaces}, which is logged once a minute. Those that {@link SocketServer#of(String)} makes do not count.
     */
    public B maxDynamicNamespaces(int count) {
        maxDynamicNamespaces = Setting.atLeast(1, "maxDynamicNamespaces", count);
        return self();
    }
}
