package io.sockeye.server.netty;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.sockeye.engine.Framing;
import io.sockeye.server.http.HttpHeaders;
import java.util.function.Consumer;

/** Turns an HTTP connection into a WebSocket. */
final class WebSocketUpgrade {
    private WebSocketUpgrade() {}

    /** Answers the request with 101 and hands over the new transport, or refuses it with 400. */
    static void accept(Exchange exchange, Framing framing, int maxPayload, Consumer<WebSocketTransport> consumer) {
        if (!"13".equals(exchange.header(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            exchange.addHeader(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
            EngineError.BAD_REQUEST.answerUpgrade(exchange);
            return;
        }
        var ctx = exchange.context();
        var head = exchange.head();
        var request = new DefaultFullHttpRequest(
                head.protocolVersion(),
                head.method(),
                head.uri(),
                Unpooled.EMPTY_BUFFER,
                head.headers(),
                EmptyHttpHeaders.INSTANCE);
        var config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxPayload)
                .expectMaskedFrames(true)
                .allowExtensions(false)
                .closeOnProtocolViolation(true)
                .build();
        var handshaker = new WebSocketServerHandshaker13("", null, config);
        try {
            handshaker
                    .handshake(
                            ctx.channel(),
                            request,
                            OwnHeaders.ofUpgrade(exchange.hooked(HttpHeaders.NONE)),
                            ctx.newPromise())
                    .addListener(done -> {
                        if (done.isSuccess()) {
                            consumer.accept(install(exchange, framing, maxPayload));
                        } else {
                            ctx.close();
                        }
                    });
        } catch (WebSocketHandshakeException e) {
            EngineError.BAD_REQUEST.answerUpgrade(exchange);
        }
    }

    private static WebSocketTransport install(Exchange exchange, Framing framing, int maxPayload) {
        var connection = exchange.connection();
        var pipeline = exchange.context().pipeline();
        var transport = new WebSocketTransport(connection.loop(), framing);
        pipeline.addLast(
                new FragmentLimit(), new Utf8FrameValidator(true), new WebSocketFrameAggregator(maxPayload), transport);
        pipeline.remove(connection);
        return transport;
    }
}
