package io.sockeye.server;

import io.sockeye.server.adapter.LocalServer;
import io.sockeye.server.internal.handlers.Listener;
import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.Loop;
import io.sockeye.server.host.WebSocketChannel;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.http.HttpRequest;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The half of a forwarded request where its session is. Owned by the loop of that, and before by the first one. */
final class BusOwner implements Exchange, WebSocketChannel {
    private final BusForward forward;
    private final LocalServer server;
    private @Nullable HttpRequest request;
    /** Null until something is to be done here. */
    private volatile @Nullable Loop loop;

    private Exchange.@Nullable Listener listener;
    private boolean followed;
    private boolean open = true;
    private @Nullable Function<WebSocketChannel, WebSocketChannel.Listener> whenOpened;
    private WebSocketChannel.@Nullable Listener socket;
    /** What the front has not written yet. */
    private int underWay;

    BusOwner(BusForward forward, LocalServer server) {
        this.forward = forward;
        this.server = server;
    }

    private BusFront front() {
        return forward.front();
    }

    private void tell(Runnable what) {
        forward.toFront(() -> front().execute(what));
    }

    /** Does something here. On the bus. */
    void execute(Runnable what) {
        var loops = server.loops();
        if (loop == null && !loops.isEmpty()) {
            loop = loops.get(0);
        }
        if (loop == null) {
            tell(front()::end); // It is gone, or not there yet.
        } else {
            onLoop(what);
        }
    }

    private void onLoop(Runnable what) {
        var present = loop();
        present.execute(() -> {
            if (loop() == present) {
                what.run();
            } else {
                onLoop(what); // It moved meanwhile.
            }
        });
    }

    void begin(HttpRequest received) {
        request = received;
        try {
            server.handle(this);
        } catch (IllegalStateException ended) {
            tell(front()::end); // It is gone, or not there yet.
        }
    }

    /** A request that ends before all of its body is there has not begun here. */
    void ended(Consumer<Exchange.Listener> how) {
        open = false;
        if (listener != null) {
            how.accept(listener);
        }
    }

    WebSocketChannel.Listener socket() {
        return Objects.requireNonNull(socket);
    }

    void followed() {
        followed = true;
        if (listener != null && open) {
            listener.onFollowed();
        }
    }

    void opened() {
        open = true;
        socket = Objects.requireNonNull(whenOpened).apply(this);
    }

    void written() {
        underWay--;
        if (underWay == 0 && open) {
            socket().onWritable();
        }
    }

    @Override
    public HttpRequest request() {
        return Objects.requireNonNull(request).withBody(Bytes.EMPTY);
    }

    @Override
    public boolean isFollowed() {
        return followed;
    }

    @Override
    public Loop loop() {
        return Objects.requireNonNull(loop);
    }

    @Override
    public void moveTo(int index, Runnable task) {
        var next = server.loops().get(index);
        loop = next;
        next.execute(task);
    }

    @Override
    public void readBody(int maxBytes, Consumer<Bytes> body, LongConsumer tooLong) {
        var whole = Objects.requireNonNull(request).body();
        if (whole.length() > maxBytes) {
            tooLong.accept(whole.length());
        } else {
            body.accept(whole);
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void listen(Exchange.Listener told) {
        listener = told;
    }

    @Override
    public void answer(int status, HttpHeaders headers, Bytes body) {
        open = false;
        tell(() -> front().answer(status, headers, body));
    }

    @Override
    public Stream stream(int status, HttpHeaders headers) {
        throw new UnsupportedOperationException("no transport of this server streams");
    }

    @Override
    public void upgrade(
            HttpHeaders headers, Options options, Function<WebSocketChannel, WebSocketChannel.Listener> opened) {
        open = false;
        whenOpened = opened;
        tell(() -> front().upgrade(headers, options));
    }

    @Override
    public void fail(Throwable cause) {
        server.report(cause, "a request of another server");
        answer(500, HttpHeaders.NONE, Bytes.EMPTY);
    }

    @Override
    public boolean writable() {
        return open && underWay < 16;
    }

    @Override
    public boolean flushed() {
        return underWay == 0;
    }

    @Override
    public void write(List<EnginePacket> packets) {
        if (open) {
            underWay++;
            tell(() -> front().write(packets));
        }
    }

    /** What comes is taken in any case. */
    @Override
    public void reading(boolean wanted) {}

    @Override
    public void close() {
        open = false;
        tell(front()::end);
    }
}
