package io.sockeye.server.internal.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.Host;
import io.sockeye.server.http.HttpHeaders;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Answers each request with a long body, as fast as the peer takes it. */
public final class Pump implements Host.Handler {
    /** Completed when a peer leaves before the end. */
    public final CompletableFuture<Void> abandoned = new CompletableFuture<>();

    private final Bytes part;
    private final int parts;
    /** How often the peer was too slow. */
    private final AtomicInteger pauses = new AtomicInteger();

    public Pump(Bytes part, int parts) {
        this.part = part;
        this.parts = parts;
    }

    public int pauses() {
        return pauses.get();
    }

    @Override
    public void handle(Exchange exchange) {
        var answer = new Answer();
        exchange.listen(answer);
        answer.stream = exchange.stream(200, HttpHeaders.of("Content-Type", "text/plain"));
        answer.onWritable();
    }

    @Override
    public void refuse(Exchange exchange, int status, String text) {
        throw new AssertionError(text);
    }

    private final class Answer implements Exchange.Listener {
        private Exchange.@Nullable Stream stream;
        private int written;

        @Override
        public void onWritable() {
            var body = Objects.requireNonNull(stream);
            while (written < parts && body.writable()) {
                body.write(part);
                written++;
            }
            if (written == parts) {
                body.end();
            } else {
                pauses.incrementAndGet();
            }
        }

        @Override
        public void onAbort() {
            abandoned.complete(null);
        }

        @Override
        public void onLost() {}

        @Override
        public void onFollowed() {}

        @Override
        public void onBroken(int status, String text) {}
    }
}
