package io.sockeye.server.internal.engine;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.Loop;
import io.sockeye.server.host.WebSocketChannel;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.http.HttpRequest;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request of a {@link MemoryHost}. */
public final class MemoryExchange implements Exchange {
    private static final int WAIT_SECONDS = 20;

    private final MemoryHost host;
    private final HttpRequest request;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final CompletableFuture<MemoryChannel> channel = new CompletableFuture<>();
    private final CompletableFuture<MemoryStream> stream = new CompletableFuture<>();
    private volatile Loop loop;
    private @Nullable Listener listener;
    private boolean open = true;

    public MemoryExchange(MemoryHost host, Loop loop, HttpRequest request) {
        this.host = host;
        this.loop = loop;
        this.request = request;
    }

    /** What the peer gets, once it has. */
    public record Answer(int status, HttpHeaders headers, String body) {}

    public Answer answer() throws Exception {
        return answer.get(WAIT_SECONDS, SECONDS);
    }

    public boolean isAnswered() {
        return answer.isDone();
    }

    /** The other end of the WebSocket. */
    MemoryChannel channel() throws Exception {
        return channel.get(WAIT_SECONDS, SECONDS);
    }

    /** The body that goes on. */
    MemoryStream stream() throws Exception {
        return stream.get(WAIT_SECONDS, SECONDS);
    }

    /** The peer leaves. */
    public void leave() {
        loop.execute(() -> {
            var begun = stream.getNow(null);
            if (open || (begun != null && !begun.ended)) {
                open = false;
                listener().onAbort();
            }
        });
    }

    private Listener listener() {
        return Objects.requireNonNull(listener);
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public void moveTo(int index, Runnable task) {
        var next = host.loops().get(index);
        if (next == loop) {
            task.run();
        } else {
            loop = next;
            next.post(task);
        }
    }

    @Override
    public void readBody(int maxBytes, Consumer<Bytes> body, LongConsumer tooLong) {
        if (request.body().length() > maxBytes) {
            tooLong.accept(request.body().length());
        } else {
            body.accept(request.body());
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void listen(Listener told) {
        listener = told;
    }

    @Override
    public void answer(int status, HttpHeaders headers, Bytes body) {
        open = false;
        answer.complete(new Answer(status, headers, body.utf8()));
    }

    @Override
    public MemoryStream stream(int status, HttpHeaders headers) {
        open = false;
        var begun = new MemoryStream();
        loop.post(() -> stream.complete(begun));
        return begun;
    }

    @Override
    public void upgrade(
            HttpHeaders headers,
            WebSocketChannel.Options options,
            Function<WebSocketChannel, WebSocketChannel.Listener> opened) {
        open = false;
        loop.post(() -> {
            var made = new MemoryChannel(loop, options);
            made.listen(opened.apply(made));
            channel.complete(made);
        });
    }

    @Override
    public void fail(Throwable cause) {
        open = false;
        answer.completeExceptionally(cause);
        channel.completeExceptionally(cause);
    }

    /** A body whose peer takes a part when the test says so. */
    public final class MemoryStream implements Stream {
        private static final int ROOM = 2;

        /** What the peer has not taken. */
        final ArrayDeque<String> parts = new ArrayDeque<>();

        boolean ended;

        <T> T onLoop(Supplier<T> action) throws Exception {
            return CompletableFuture.supplyAsync(action, loop).get(WAIT_SECONDS, SECONDS);
        }

        @Override
        public boolean writable() {
            return parts.size() < ROOM;
        }

        @Override
        public void write(Bytes part) {
            parts.add(part.utf8());
        }

        @Override
        public void end() {
            ended = true;
        }

        /** The peer takes the oldest part; on the loop. */
        String take() {
            boolean full = !writable();
            var taken = parts.remove();
            if (full && !ended) {
                listener().onWritable();
            }
            return taken;
        }
    }
}
