package io.sockeye.server.netty;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.sockeye.engine.Framing;
import io.sockeye.engine.Subprotocols;
import io.sockeye.server.http.HttpHeaders;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP connection into a WebSocket. */
final class WebSocketUpgrade {
    private WebSocketUpgrade() {}

    /** Answers the request with 101 and hands over the new transport, or has it refused. */
    static void accept(
            Exchange exchange,
            Framing framing,
            HttpSettings settings,
            Consumer<WebSocketTransport> consumer,
            Runnable refuse) {
        if (!"13".equals(exchange.header(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            exchange.addHeader(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
            refuse.run();
            return;
        }
        Optional<String> subprotocol;
        try {
            subprotocol = subprotocol(exchange);
        } catch (IllegalArgumentException e) {
            refuse.run();
            return;
        }
        var ctx = exchange.context();
        var deflate = settings.deflate() == null
                ? null
                : Deflate.choose(
                        exchange.head().headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS), settings.deflate());
        var headers = OwnHeaders.ofUpgrade(exchange.hooked(HttpHeaders.NONE));
        if (deflate != null) {
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, deflate.answer());
        }
        subprotocol.ifPresent(name -> headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, name));
        try {
            handshaker(settings.maxPayload(), deflate != null)
                    .handshake(ctx.channel(), request(exchange.head()), headers, ctx.newPromise())
                    .addListener(done -> {
                        if (done.isSuccess()) {
                            handOver(exchange, () -> install(exchange, framing, settings, deflate), consumer);
                        } else {
                            ctx.close();
                        }
                    });
        } catch (WebSocketHandshakeException e) {
            refuse.run();
        }
    }

    /**
     * The first one that the client offers, whatever it is, as the reference server's library takes it: browsers refuse a
     * connection whose server takes none.
     */
    private static Optional<String> subprotocol(Exchange exchange) {
        var offers = exchange.head().headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        if (offers.isEmpty()) {
            return Optional.empty();
        }
        var names = Arrays.stream(String.join(",", offers).split(",", -1)).map(String::strip);
        return Subprotocols.check(names.toList()).stream().findFirst();
    }

    /** Netty would only log what is thrown in a listener, and the connection would be nobody's for ever. */
    private static void handOver(
            Exchange exchange, Supplier<WebSocketTransport> transport, Consumer<WebSocketTransport> consumer) {
        try {
            consumer.accept(transport.get());
        } catch (Throwable e) {
            exchange.context().pipeline().fireExceptionCaught(e);
        }
    }

    private static FullHttpRequest request(HttpRequest head) {
        return new DefaultFullHttpRequest(
                head.protocolVersion(),
                head.method(),
                head.uri(),
                Unpooled.EMPTY_BUFFER,
                head.headers(),
                EmptyHttpHeaders.INSTANCE);
    }

    private static WebSocketServerHandshaker13 handshaker(int maxPayload, boolean extensions) {
        var config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxPayload)
                .expectMaskedFrames(true)
                .allowExtensions(extensions)
                .closeOnProtocolViolation(false) // The transport does.
                .build();
        return new WebSocketServerHandshaker13("", null, config);
    }

    private static WebSocketTransport install(
            Exchange exchange, Framing framing, HttpSettings settings, @Nullable Deflate deflate) {
        var connection = exchange.connection();
        var pipeline = exchange.context().pipeline();
        var encoder = encoder(connection.loop(), framing, settings, deflate);
        var transport = new WebSocketTransport(connection.loop(), framing, encoder);
        var aggregator = new WebSocketFrameAggregator(settings.maxPayload());
        pipeline.addLast(new FragmentLimit());
        if (deflate == null) {
            pipeline.addLast(new Utf8FrameValidator(false), aggregator);
        } else {
            var inflater = inflater(connection.loop(), settings, deflate);
            pipeline.addLast(new ReservedBits(), aggregator, inflater, new Utf8FrameValidator(false));
        }
        pipeline.addLast(transport);
        pipeline.remove(connection);
        return transport;
    }

    private static FrameEncoder encoder(Loop loop, Framing framing, HttpSettings settings, @Nullable Deflate deflate) {
        if (deflate == null || settings.deflate() == null) {
            return loop.frames(framing);
        }
        return deflate.serverNoContext()
                ? loop.deflate(settings.deflate()).frames(framing)
                : new DeflatingEncoder(framing, settings.deflate(), true);
    }

    private static MessageInflater inflater(Loop loop, HttpSettings settings, Deflate deflate) {
        boolean alone = deflate.clientNoContext();
        var inflater =
                alone ? loop.deflate(Objects.requireNonNull(settings.deflate())).inflater() : new Inflater(true);
        return new MessageInflater(inflater, !alone, settings.maxPayload());
    }
}
