package io.sockeye.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.sockeye.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the body of one request, unless it is too long. Owned by the loop of its connection. */
final class RequestBody {
    private final int max;
    private final Consumer<Bytes> consumer;
    private final Runnable tooLarge;
    private @Nullable ByteArrayOutputStream parts;

    /** @param tooLarge called instead of the consumer, as soon as it is known that the body is longer than {@code max} */
    RequestBody(int max, Consumer<Bytes> consumer, Runnable tooLarge) {
        this.max = max;
        this.consumer = consumer;
        this.tooLarge = tooLarge;
    }

    /** @return whether more is wanted */
    boolean receive(ByteBuf chunk, boolean last) {
        long length = chunk.readableBytes() + (parts == null ? 0L : parts.size());
        if (length > max) {
            tooLarge.run();
            return false;
        }
        if (last && parts == null) {
            consumer.accept(Bytes.wrap(ByteBufUtil.getBytes(chunk)));
            return false;
        }
        var collected = parts == null ? new ByteArrayOutputStream((int) length) : parts;
        collected.writeBytes(ByteBufUtil.getBytes(chunk));
        parts = collected;
        if (last) {
            consumer.accept(Bytes.wrap(collected.toByteArray()));
        }
        return !last;
    }
}
