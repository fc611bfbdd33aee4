package io.sockeye.server.internal.engine;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.host.Loop;
import io.sockeye.server.host.WebSocketChannel;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A WebSocket of a {@link MemoryHost}. */
public final class MemoryChannel implements WebSocketChannel {
    private static final int WAIT_SECONDS = 20;

    private final Loop loop;
    private final Options options;
    /** What the peer gets: texts, and {@code closed} at the end. */
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();

    private @Nullable Listener listener;
    private boolean full;
    private boolean closed;
    /** Whether each write fails, as without memory. */
    private volatile boolean failing;

    MemoryChannel(Loop loop, Options options) {
        this.loop = loop;
        this.options = options;
    }

    void listen(Listener told) {
        listener = told;
    }

    private Listener listener() {
        return Objects.requireNonNull(listener);
    }

    /** The peer sends a text. */
    public void send(String text) {
        loop.execute(() -> listener().onMessage(Bytes.ofUtf8(text), false));
    }

    /** The next thing that the peer gets. */
    public String take() throws InterruptedException {
        return String.valueOf(sent.poll(WAIT_SECONDS, SECONDS));
    }

    /** Whether the peer does not read for now. */
    public void fill(boolean filled) {
        loop.execute(() -> {
            full = filled;
            if (!filled) {
                listener().onWritable();
            }
        });
    }

    /** From now on each write fails. */
    public void fail() {
        failing = true;
    }

    /** The peer leaves. */
    public void leave() {
        loop.execute(() -> {
            closed = true;
            listener().onClosed(CloseReason.TRANSPORT_CLOSE);
        });
    }

    @Override
    public boolean writable() {
        return !closed && !full;
    }

    @Override
    public boolean flushed() {
        return true;
    }

    @Override
    public void write(List<EnginePacket> packets) {
        if (failing) {
            throw new IllegalStateException("no memory");
        }
        if (!closed) {
            for (var packet : packets) {
                var frame = options.framing().frame(packet);
                sent.add(frame.head().utf8() + frame.data().utf8());
            }
        }
    }

    @Override
    public void reading(boolean wanted) {}

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            sent.add("closed");
        }
    }
}
