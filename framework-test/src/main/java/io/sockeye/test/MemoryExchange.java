package io.sockeye.test;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.WebSocketChannel;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.http.HttpRequest;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** The request by which a played client opens its WebSocket. */
final class MemoryExchange implements Exchange {
    private final HttpRequest request;
    private final MemoryLoop loop;
    private final PlayedConnection client;
    private boolean answered;

    MemoryExchange(HttpRequest request, MemoryLoop loop, PlayedConnection client) {
        this.request = request;
        this.loop = loop;
        this.client = client;
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public MemoryLoop loop() {
        return loop;
    }

    @Override
    public void moveTo(int index, Runnable task) {
        task.run();
    }

    @Override
    public void readBody(int maxBytes, Consumer<Bytes> body, LongConsumer tooLong) {
        body.accept(Bytes.EMPTY);
    }

    @Override
    public boolean isOpen() {
        return !answered;
    }

    @Override
    public void listen(Listener listener) {
        // The client waits for the answer, whatever comes.
    }

    @Override
    public void answer(int status, HttpHeaders headers, Bytes body) {
        answered = true;
        client.refused(status + " " + body.utf8());
    }

    @Override
    public Stream stream(int status, HttpHeaders headers) {
        throw new UnsupportedOperationException("a WebSocket was asked for");
    }

    @Override
    public void upgrade(
            HttpHeaders headers,
            WebSocketChannel.Options options,
            Function<WebSocketChannel, WebSocketChannel.Listener> opened) {
        answered = true;
        var channel = new MemoryChannel(loop, options, client);
        channel.open(opened.apply(channel));
        client.opened(channel);
    }

    @Override
    public void fail(Throwable cause) {
        answered = true;
        client.refused(cause.toString());
    }
}
