package io.sockeye.server.internal.netty.websocket;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many WebSockets may have compressed messages that build on earlier ones. Each takes memory outside the heap for as long as it is
 * there, which no budget sees: as many as fit into a share of the JVM's memory. Any thread.
 */
public final class DeflateContexts {
    /** What both directions of one take. */
    private static final int BYTES = 340 << 10;

    private static final int SHARE_OF_MEMORY = 4;

    private final long most;
    private final AtomicInteger count = new AtomicInteger();

    public DeflateContexts() {
        this(Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY / BYTES);
    }

    public DeflateContexts(long most) {
        this.most = most;
    }

    /** What is agreed on for a channel: the same, or messages that stand for themselves, if there are too many others. */
    public Deflate admit(Deflate wanted, Channel channel) {
        if (wanted.serverNoContext() && wanted.clientNoContext()) {
            return wanted;
        }
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return new Deflate(true, true, wanted.serverWindow());
        }
        channel.closeFuture().addListener(closed -> count.decrementAndGet());
        return wanted;
    }
}
