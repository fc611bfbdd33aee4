package io.sockeye.server;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.CloseReason;
import io.sockeye.engine.EnginePacket;
import io.sockeye.server.engine.Exchange;
import io.sockeye.server.engine.Loop;
import io.sockeye.server.engine.WebSocketChannel;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.http.HttpRequest;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One request that arrived at another server than the one that has its session, and the WebSocket that may become of it. It
 * has a half at each server, which tell each other over the bus what happens, by immutable values.
 */
final class BusForward {
    private static final int MAX_BODY = 1_000_000;

    private final BusLink frontLink;
    private final BusLink ownerLink;
    private final LocalServer owner;
    private final Front front;
    private final Owned owned = new Owned();

    private BusForward(BusLink frontLink, BusLink ownerLink, LocalServer owner, Exchange exchange) {
        this.frontLink = frontLink;
        this.ownerLink = ownerLink;
        this.owner = owner;
        this.front = new Front(exchange);
    }

    /** On the loop of the exchange: has the owner answer it. */
    static BusForward start(BusLink frontLink, BusLink ownerLink, LocalServer owner, Exchange exchange) {
        var forward = new BusForward(frontLink, ownerLink, owner, exchange);
        forward.front.start();
        return forward;
    }

    /** On the bus: the owner is gone. */
    void end() {
        frontLink.tell(() -> front.loop.execute(front::end));
    }

    /** Where the client is. */
    private final class Front implements Exchange.Listener, WebSocketChannel.Listener {
        private final Exchange exchange;
        private final Loop loop;
        private @Nullable WebSocketChannel channel;

        private Front(Exchange exchange) {
            this.exchange = exchange;
            this.loop = exchange.loop();
        }

        private void tell(Runnable what) {
            ownerLink.send(() -> frontLink.tell(() -> loop.execute(what)));
        }

        private void start() {
            exchange.listen(this);
            exchange.keepConnection();
            if (exchange.asksForWebSocket()) {
                owned.tell(() -> owned.begin(exchange.request()));
            } else {
                exchange.readBody(
                        MAX_BODY,
                        body -> owned.tell(() -> owned.begin(exchange.request().withBody(body))),
                        bytes -> exchange.answer(413, HttpHeaders.NONE, Bytes.EMPTY));
            }
        }

        private void answer(int status, HttpHeaders headers, Bytes body) {
            if (exchange.isOpen()) {
                exchange.answer(status, headers, body);
            }
        }

        private void upgrade(HttpHeaders headers, WebSocketChannel.Options options) {
            if (exchange.isOpen()) {
                exchange.upgrade(headers, options, opened -> {
                    channel = opened;
                    owned.tell(owned::opened);
                    return this;
                });
            }
        }

        private void write(List<EnginePacket> packets) {
            Objects.requireNonNull(channel).write(packets);
            owned.tell(owned::written);
        }

        private void end() {
            if (channel != null) {
                channel.close();
            } else {
                answer(400, HttpHeaders.NONE, Bytes.EMPTY);
            }
        }

        @Override
        public void onAbort() {
            owned.tell(() -> owned.ended(Exchange.Listener::onAbort));
        }

        @Override
        public void onLost() {
            owned.tell(() -> owned.ended(Exchange.Listener::onLost));
        }

        @Override
        public void onFollowed() {
            owned.tell(owned::followed);
        }

        @Override
        public void onBroken(int status, String text) {
            onAbort();
            answer(status, HttpHeaders.of("Connection", "close"), Bytes.ofUtf8(text));
        }

        @Override
        public void onMessage(Bytes data, boolean binary) {
            owned.tell(() -> owned.socket().onMessage(data, binary));
        }

        @Override
        public void onTooLong(long bytes) {
            owned.tell(() -> owned.socket().onTooLong(bytes));
        }

        /** Of the channel: how much is under way is counted by the owner. Of an answer that goes on: there is none. */
        @Override
        public void onWritable() {}

        @Override
        public void onClosed(CloseReason reason) {
            owned.tell(() -> owned.socket().onClosed(reason));
        }
    }

    /** Where the session is. */
    private final class Owned implements Exchange, WebSocketChannel {
        private @Nullable HttpRequest request;
        private @Nullable Loop loop;
        private Exchange.@Nullable Listener listener;
        private boolean followed;
        private boolean open = true;
        private @Nullable Function<WebSocketChannel, WebSocketChannel.Listener> whenOpened;
        private WebSocketChannel.@Nullable Listener socket;
        /** What the front has not written yet. */
        private int underWay;

        private void tell(Runnable what) {
            frontLink.send(() -> ownerLink.tell(() -> {
                var loops = owner.loops();
                if (loop == null && !loops.isEmpty()) {
                    loop = loops.get(0);
                }
                if (loop == null) {
                    front.tell(front::end); // It is gone, or not there yet.
                } else {
                    loop.execute(what);
                }
            }));
        }

        private void begin(HttpRequest received) {
            request = received;
            try {
                owner.handle(this);
            } catch (IllegalStateException ended) {
                front.tell(front::end); // It is gone, or not there yet.
            }
        }

        /** A request that ends before all of its body is there has not begun here. */
        private void ended(Consumer<Exchange.Listener> how) {
            open = false;
            if (listener != null) {
                how.accept(listener);
            }
        }

        private WebSocketChannel.Listener socket() {
            return Objects.requireNonNull(socket);
        }

        private void followed() {
            followed = true;
            if (listener != null && open) {
                listener.onFollowed();
            }
        }

        private void opened() {
            open = true;
            socket = Objects.requireNonNull(whenOpened).apply(this);
        }

        private void written() {
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
            loop = owner.loops().get(index);
            loop.execute(task);
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
            front.tell(() -> front.answer(status, headers, body));
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
            front.tell(() -> front.upgrade(headers, options));
        }

        @Override
        public void fail(Throwable cause) {
            owner.report(cause, "a request of another server");
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
                front.tell(() -> front.write(packets));
            }
        }

        /** What comes is taken in any case. */
        @Override
        public void reading(boolean wanted) {}

        @Override
        public void close() {
            open = false;
            front.tell(front::end);
        }
    }
}
