package io.sockeye.testbed.simulation;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.Loop;
import io.sockeye.server.host.WebSocketChannel;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A request of a simulated client. */
final class SimulatedExchange implements Exchange, Wire.End {
    private final HostConnection connection;
    private final Bytes body;
    private final HttpRequest request;
    private boolean answered;
    /** Null until the server has told. */
    private @Nullable Listener listener;

    SimulatedExchange(HostConnection connection, Message.Request request) {
        this.connection = connection;
        this.body = request.body();
        this.request = new HttpRequest(
                request.method(), "/socket.io/?" + request.query(), headers(request), "127.0.0.1", false, Bytes.EMPTY);
    }

    private static List<String> headers(Message.Request request) {
        var headers = new ArrayList<>(List.of("Host", "simulated"));
        if (request.query().contains("transport=websocket")) {
            headers.addAll(List.of(
                    "Connection",
                    "Upgrade",
                    "Upgrade",
                    "websocket",
                    "Sec-WebSocket-Version",
                    "13",
                    "Sec-WebSocket-Key",
                    "dGhlIHNhbXBsZSBub25jZQ=="));
        }
        return headers;
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public Loop loop() {
        return connection.loop();
    }

    @Override
    public void moveTo(int index, Runnable task) {
        if (connection.loop().index() == index) {
            task.run();
            return;
        }
        connection.moveTo(index);
        connection.loop().post(() -> {
            if (isOpen()) {
                task.run();
            }
        });
    }

    /** It may take a while until all of it is there. */
    @Override
    public void readBody(int maxBytes, Consumer<Bytes> whole, LongConsumer tooLong) {
        if (body.length() > maxBytes) {
            tooLong.accept(body.length());
        } else if (connection.random().nextBoolean()) {
            whole.accept(body);
        } else {
            connection.later(() -> {
                if (isOpen()) {
                    whole.accept(body);
                }
            });
        }
    }

    @Override
    public boolean isOpen() {
        return !answered && !connection.ended();
    }

    @Override
    public void listen(Listener told) {
        listener = told;
    }

    @Override
    public void answer(int status, HttpHeaders headers, Bytes text) {
        if (!isOpen()) {
            return;
        }
        answered = true;
        connection.wire().down().send(new Message.Response(status, text));
        if (headers.first("Connection").filter("close"::equals).isPresent()) {
            connection.wire().halfClose(false);
        }
    }

    @Override
    public Stream stream(int status, HttpHeaders headers) {
        throw new UnsupportedOperationException("no simulated client takes a stream");
    }

    @Override
    public void upgrade(
            HttpHeaders headers,
            WebSocketChannel.Options options,
            Function<WebSocketChannel, WebSocketChannel.Listener> opened) {
        answered = true;
        connection.wire().down().send(new Message.Response(101, Bytes.EMPTY));
        var channel = new SimulatedChannel(connection, options.framing());
        connection.owner(channel);
        channel.listener(opened.apply(channel));
    }

    @Override
    public void fail(Throwable cause) {
        throw new Violation("request " + request, cause);
    }

    /** The client has left. */
    @Override
    public void receive(Message message) {
        if (listener == null) {
            return;
        }
        if (!answered) {
            answered = true;
            listener.onAbort();
        } else if (connection.wire().down().lost()) {
            listener.onLost();
        }
    }
}
