package io.sockeye.server;

import io.sockeye.server.internal.handlers.Listener;
import io.sockeye.bytes.Bytes;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.Loop;
import io.sockeye.server.host.WebSocketChannel;
import io.sockeye.server.http.HttpHeaders;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The half of a forwarded request where the client is. Owned by the loop of the exchange. */
final class BusFront implements Exchange.Listener, WebSocketChannel.Listener {
    private static final int MAX_BODY = 1_000_000;

    private final BusForward forward;
    private final Exchange exchange;
    private final Loop loop;
    private @Nullable WebSocketChannel channel;

    BusFront(BusForward forward, Exchange exchange) {
        this.forward = forward;
        this.exchange = exchange;
        this.loop = exchange.loop();
    }

    /** Does something here. Any thread. */
    void execute(Runnable what) {
        loop.execute(what);
    }

    private BusOwner owner() {
        return forward.owner();
    }

    private void tell(Runnable what) {
        forward.toOwner(() -> owner().execute(what));
    }

    void start() {
        exchange.listen(this);
        exchange.keepConnection();
        if (exchange.asksForWebSocket()) {
            tell(() -> owner().begin(exchange.request()));
        } else {
            exchange.readBody(
                    MAX_BODY,
                    body -> tell(() -> owner().begin(exchange.request().withBody(body))),
                    bytes -> exchange.answer(413, HttpHeaders.NONE, Bytes.EMPTY));
        }
    }

    void answer(int status, HttpHeaders headers, Bytes body) {
        if (exchange.isOpen()) {
            exchange.answer(status, headers, body);
        }
    }

    void upgrade(HttpHeaders headers, WebSocketChannel.Options options) {
        if (exchange.isOpen()) {
            exchange.upgrade(headers, options, opened -> {
                channel = opened;
                tell(owner()::opened);
                return this;
            });
        }
    }

    void write(List<EnginePacket> packets) {
        Objects.requireNonNull(channel).write(packets);
        tell(owner()::written);
    }

    void end() {
        if (channel != null) {
            channel.close();
        } else {
            answer(400, HttpHeaders.NONE, Bytes.EMPTY);
        }
    }

    @Override
    public void onAbort() {
        tell(() -> owner().ended(Exchange.Listener::onAbort));
    }

    @Override
    public void onLost() {
        tell(() -> owner().ended(Exchange.Listener::onLost));
    }

    @Override
    public void onFollowed() {
        tell(owner()::followed);
    }

    @Override
    public void onBroken(int status, String text) {
        onAbort();
        answer(status, HttpHeaders.of("Connection", "close"), Bytes.ofUtf8(text));
    }

    @Override
    public void onMessage(Bytes data, boolean binary) {
        tell(() -> owner().socket().onMessage(data, binary));
    }

    @Override
    public void onTooLong(long bytes) {
        tell(() -> owner().socket().onTooLong(bytes));
    }

    /** Of the channel: how much is under way is counted by the owner. Of an answer that goes on: there is none. */
    @Override
    public void onWritable() {}

    @Override
    public void onClosed(CloseReason reason) {
        tell(() -> owner().socket().onClosed(reason));
    }
}
