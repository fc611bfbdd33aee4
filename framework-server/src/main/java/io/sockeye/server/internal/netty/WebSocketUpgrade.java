package io.sockeye.server.internal.netty;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.sockeye.server.host.WebSocketChannel;
import io.sockeye.server.host.WebSocketChannel.Options;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.http.PerMessageDeflate;
import io.sockeye.server.internal.netty.http.HoldingDecoder;
import io.sockeye.server.internal.netty.http.OwnHeaders;
import io.sockeye.server.internal.netty.websocket.Deflate;
import io.sockeye.server.internal.netty.websocket.DeflatingEncoder;
import io.sockeye.server.internal.netty.websocket.FrameDecoder;
import io.sockeye.server.internal.netty.websocket.FrameEncoder;
import io.sockeye.server.internal.netty.websocket.MessageInflater;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP connection into a WebSocket: RFC 6455, 4.2. */
final class WebSocketUpgrade {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebSocketUpgrade() {}

    /** Whether a request with these headers asks for a WebSocket. */
    static boolean isAskedFor(io.netty.handler.codec.http.HttpHeaders headers) {
        return headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && headers.contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    /**
     * Whether the connection can be taken over: "A server MUST ignore an Upgrade header field that is received in an
     * HTTP/1.0 request" (RFC 9110, 7.8), and a body would be taken for frames.
     */
    static boolean isPossible(HttpRequest head) {
        return head.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0
                && !HttpUtil.isTransferEncodingChunked(head)
                && HttpUtil.getContentLength(head, 0L) == 0;
    }

    /** Answers the request with 101 and hands over the new channel. */
    static void accept(
            NettyExchange exchange,
            HttpHeaders further,
            Options options,
            Function<WebSocketChannel, WebSocketChannel.Listener> opened) {
        var head = exchange.head();
        var deflate = deflate(exchange, options.deflate());
        var headers = OwnHeaders.ofUpgrade(further);
        if (deflate != null) {
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, deflate.answer());
        }
        if (options.subprotocol() != null) {
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, options.subprotocol());
        }
        var key = head.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        exchange.context().writeAndFlush(switching(headers, key)).addListener(done -> {
            if (done.isSuccess()) {
                handOver(exchange, options, deflate, opened);
            } else {
                exchange.context().close();
            }
        });
    }

    private static @Nullable Deflate deflate(NettyExchange exchange, @Nullable PerMessageDeflate settings) {
        if (settings == null) {
            return null;
        }
        var chosen = Deflate.choose(exchange.headers("sec-websocket-extensions"), settings);
        var contexts = exchange.connection().deflateContexts();
        return chosen == null ? null : contexts.admit(chosen, exchange.context().channel());
    }

    private static FullHttpResponse switching(io.netty.handler.codec.http.HttpHeaders headers, String key) {
        headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, acceptance(key));
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.SWITCHING_PROTOCOLS,
                Unpooled.EMPTY_BUFFER,
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    private static String acceptance(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }

    /** Netty would only log what is thrown in a listener, and the connection would be nobody's for ever. */
    private static void handOver(
            NettyExchange exchange,
            Options options,
            @Nullable Deflate deflate,
            Function<WebSocketChannel, WebSocketChannel.Listener> opened) {
        var pipeline = exchange.context().pipeline();
        try {
            pipeline.remove(HttpResponseEncoder.class);
            var channel = install(exchange, options, deflate);
            channel.listen(opened.apply(channel));
            // Last, because it gives away the frames that came with the request.
            pipeline.remove(HoldingDecoder.class);
        } catch (Throwable e) {
            pipeline.fireExceptionCaught(e);
        }
    }

    private static NettyWebSocket install(NettyExchange exchange, Options options, @Nullable Deflate deflate) {
        var connection = exchange.connection();
        var pipeline = exchange.context().pipeline();
        var decoder = new FrameDecoder(options.maxPayload(), deflate != null);
        var channel = new NettyWebSocket(connection.loop(), encoder(connection.loop(), options, deflate), decoder);
        pipeline.addLast(decoder);
        if (deflate != null) {
            pipeline.addLast(inflater(connection.loop(), options, deflate, decoder));
        }
        pipeline.addLast(new Utf8FrameValidator(false));
        pipeline.addLast(channel);
        pipeline.remove(connection);
        return channel;
    }

    private static FrameEncoder encoder(NettyLoop loop, Options options, @Nullable Deflate deflate) {
        if (deflate == null || options.deflate() == null) {
            return loop.frames(options.framing());
        }
        return deflate.serverNoContext()
                ? loop.deflate(options.deflate()).frames(options.framing())
                : new DeflatingEncoder(options.framing(), options.deflate(), true);
    }

    private static MessageInflater inflater(NettyLoop loop, Options options, Deflate deflate, FrameDecoder decoder) {
        boolean alone = deflate.clientNoContext();
        var inflater =
                alone ? loop.deflate(Objects.requireNonNull(options.deflate())).inflater() : new Inflater(true);
        return new MessageInflater(inflater, !alone, decoder::limit);
    }
}
