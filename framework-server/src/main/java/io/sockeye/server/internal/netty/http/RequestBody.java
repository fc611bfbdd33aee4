package io.sockeye.server.internal.netty.http;

import io.netty.buffer.ByteBuf;
import io.sockeye.bytes.Bytes;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Collects the body of one request, unless it is too long. Holds at most twice what has arrived, and no more than was
 * announced. Owned by the loop of its connection.
 */
public final class RequestBody {
    /** Negative if the request does not say. */
    private final long announced;

    private final int max;
    private final Consumer<Bytes> consumer;
    private final Runnable tooLarge;
    /** What has arrived, at the beginning of it. */
    private byte[] parts = {};

    private int length;

    /**
     * For one request.
     *
     * @param announced how long the body is; negative if the request does not say
     * @param tooLarge called instead of the consumer, as soon as it is known that the body is longer than {@code max}
     */
    public RequestBody(long announced, int max, Consumer<Bytes> consumer, Runnable tooLarge) {
        this.announced = announced;
        this.max = max;
        this.consumer = consumer;
        this.tooLarge = tooLarge;
    }

    /** @return whether more is wanted */
    public boolean receive(ByteBuf chunk, boolean last) {
        int added = chunk.readableBytes();
        if (Math.max(announced, (long) length + added) > max) {
            tooLarge.run();
            return false;
        }
        makeRoom(length + added, last);
        chunk.readBytes(parts, length, added);
        length += added;
        if (last) {
            consumer.accept(Bytes.wrap(length == parts.length ? parts : Arrays.copyOf(parts, length)));
        }
        return !last;
    }

    private void makeRoom(int needed, boolean last) {
        if (needed > parts.length) {
            long bound = announced < 0 ? max : announced;
            long wanted = last ? needed : Math.min(bound, 2L * needed);
            parts = Arrays.copyOf(parts, (int) Math.max(needed, wanted));
        }
    }

    /** Bytes that it holds. */
    public int held() {
        return parts.length;
    }
}
