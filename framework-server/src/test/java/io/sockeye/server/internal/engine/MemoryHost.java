package io.sockeye.server.internal.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.host.Host;
import io.sockeye.server.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A host whose requests are objects. */
public final class MemoryHost implements Host {
    private final List<MemoryLoop> loops;
    private @Nullable Handler handler;
    private volatile boolean listening;

    public MemoryHost(int count) {
        loops = IntStream.range(0, count).mapToObj(MemoryLoop::new).toList();
    }

    @Override
    public List<MemoryLoop> loops() {
        return loops;
    }

    @Override
    public void start(Handler chosen) {
        handler = chosen;
        listening = true;
    }

    @Override
    public void stopListening() {
        listening = false;
    }

    public boolean isListening() {
        return listening;
    }

    @Override
    public void shutDown(Duration timeout) {
        loops.forEach(MemoryLoop::end);
    }

    /** Whether its loops have ended. */
    public boolean isShutDown() {
        return loops.stream().allMatch(MemoryLoop::hasEnded);
    }

    @Override
    public String address() {
        return "memory";
    }

    /** A GET that arrives on that loop. */
    public MemoryExchange get(int loop, String uri, String... headers) {
        return handle(loop, new HttpRequest("GET", uri, List.of(headers), "192.0.2.1", false, Bytes.EMPTY));
    }

    /** A POST that arrives on that loop. */
    public MemoryExchange post(int loop, String uri, String body) {
        var headers = List.of("Content-Type", "text/plain;charset=UTF-8");
        return handle(loop, new HttpRequest("POST", uri, headers, "192.0.2.1", false, Bytes.ofUtf8(body)));
    }

    /** The other end of a WebSocket that is asked for on that loop. */
    public MemoryChannel webSocket(int loop, String uri) throws Exception {
        var exchange = get(
                loop,
                uri,
                "Connection",
                "keep-alive, Upgrade",
                "Upgrade",
                "websocket",
                "Sec-WebSocket-Version",
                "13",
                "Sec-WebSocket-Key",
                "dGhlIHNhbXBsZSBub25jZQ==");
        return exchange.channel();
    }

    private MemoryExchange handle(int loop, HttpRequest request) {
        var exchange = new MemoryExchange(this, loops.get(loop), request);
        loops.get(loop).post(() -> Objects.requireNonNull(handler).handle(exchange));
        return exchange;
    }
}
