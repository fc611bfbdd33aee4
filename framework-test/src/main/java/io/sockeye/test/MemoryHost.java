package io.sockeye.test;

import io.sockeye.server.host.Host;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Hands the requests of played clients to a server. */
final class MemoryHost implements Host {
    private final MemoryLoop loop;
    /** Null until the server is attached. */
    private volatile @Nullable Handler handler;

    private volatile boolean listening;

    MemoryHost(MemoryLoop loop) {
        this.loop = loop;
    }

    /** A client connects. */
    void accept(MemoryExchange exchange) {
        if (!listening) {
            throw new IllegalStateException("the server was closed");
        }
        loop.post(() -> Objects.requireNonNull(handler).handle(exchange));
    }

    @Override
    public List<MemoryLoop> loops() {
        return List.of(loop);
    }

    @Override
    public void start(Handler requests) {
        handler = requests;
        listening = true;
    }

    @Override
    public void stopListening() {
        listening = false;
    }

    /** What is not done by then needs the clock, such as a deadline. */
    @Override
    public boolean await(CompletableFuture<?> what, Duration timeout) {
        loop.runAll();
        if (!what.isDone()) {
            loop.advance(timeout);
        }
        return what.isDone();
    }

    @Override
    public void shutDown(Duration timeout) {
        loop.runAll();
        loop.end();
    }

    @Override
    public String address() {
        return "memory";
    }
}
