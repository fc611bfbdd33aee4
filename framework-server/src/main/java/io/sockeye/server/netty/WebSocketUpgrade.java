package io.sockeye.server.netty;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.sockeye.engine.Framing;
import io.sockeye.engine.Subprotocols;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.http.PerMessageDeflate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP connection into a WebSocket: RFC 6455, 4.2. */
final class WebSocketUpgrade {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY = Pattern.compile("[+/0-9A-Za-z]{22}==");
    private static final String VERSION = "13";

    private WebSocketUpgrade() {}

    /** Whether a request with these headers asks for a WebSocket. */
    static boolean isAskedFor(io.netty.handler.codec.http.HttpHeaders headers) {
        return headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && headers.contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    /** Answers the request with 101 and hands over the new transport, or has it refused. */
    static void accept(
            Exchange exchange,
            Framing framing,
            HttpSettings settings,
            Consumer<WebSocketTransport> consumer,
            Runnable refuse) {
        var head = exchange.head();
        if (!head.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION).equals(List.of(VERSION))) {
            exchange.addHeader(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
            refuse.run();
            return;
        }
        var key = key(head);
        var subprotocols = subprotocols(head);
        if (key == null || subprotocols == null) {
            refuse.run();
            return;
        }
        var deflate = deflate(head, settings.deflate());
        var headers = headers(exchange, deflate, subprotocols);
        exchange.context().writeAndFlush(switching(headers, key)).addListener(done -> {
            if (done.isSuccess()) {
                handOver(exchange, () -> install(exchange, framing, settings, deflate), consumer);
            } else {
                exchange.context().close();
            }
        });
    }

    /**
     * The key of a right request; null if it is none. Its version must be 1.1 ("A server MUST ignore an Upgrade header field
     * that is received in an HTTP/1.0 request": RFC 9110, 7.8), and it must have no body, which would be taken for frames.
     */
    private static @Nullable String key(HttpRequest head) {
        var keys = head.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        boolean right = head.method().equals(HttpMethod.GET)
                && head.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0
                && !HttpUtil.isTransferEncodingChunked(head)
                && HttpUtil.getContentLength(head, 0L) == 0
                && keys.size() == 1
                && KEY.matcher(keys.get(0)).matches();
        return right ? keys.get(0) : null;
    }

    /** What the client offers; null if it cannot be. */
    private static @Nullable List<String> subprotocols(HttpRequest head) {
        var offers = head.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        if (offers.isEmpty()) {
            return List.of();
        }
        var names = Arrays.stream(String.join(",", offers).split(",", -1)).map(String::strip);
        try {
            return List.copyOf(Subprotocols.check(names.toList()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Deflate deflate(HttpRequest head, @Nullable PerMessageDeflate settings) {
        var offers = head.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
        return settings == null ? null : Deflate.choose(offers, settings);
    }

    private static io.netty.handler.codec.http.HttpHeaders headers(
            Exchange exchange, @Nullable Deflate deflate, List<String> subprotocols) {
        var headers = OwnHeaders.ofUpgrade(exchange.hooked(HttpHeaders.NONE));
        if (deflate != null) {
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, deflate.answer());
        }
        if (!subprotocols.isEmpty()) {
            // The first one, whatever it is, as in the reference server: browsers end a connection without any.
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subprotocols.get(0));
        }
        return headers;
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
            Exchange exchange, Supplier<WebSocketTransport> transport, Consumer<WebSocketTransport> consumer) {
        var pipeline = exchange.context().pipeline();
        try {
            pipeline.remove(HttpResponseEncoder.class);
            consumer.accept(transport.get());
            // Last, because it gives away the frames that came with the request.
            pipeline.remove(HoldingDecoder.class);
        } catch (Throwable e) {
            pipeline.fireExceptionCaught(e);
        }
    }

    private static WebSocketTransport install(
            Exchange exchange, Framing framing, HttpSettings settings, @Nullable Deflate deflate) {
        var connection = exchange.connection();
        var pipeline = exchange.context().pipeline();
        var encoder = encoder(connection.loop(), framing, settings, deflate);
        var transport = new WebSocketTransport(connection.loop(), framing, encoder);
        int maxPayload = settings.maxPayload();
        pipeline.addLast(new FrameDecoder(maxPayload, deflate != null), new WebSocket13FrameEncoder(false));
        if (deflate == null) {
            pipeline.addLast(new Utf8FrameValidator(false), new MessageAssembler(maxPayload));
        } else {
            var inflater = inflater(connection.loop(), settings, deflate);
            pipeline.addLast(new MessageAssembler(maxPayload), inflater, new Utf8FrameValidator(false));
        }
        pipeline.addLast(transport);
        pipeline.remove(connection);
        return transport;
    }

    private static FrameEncoder encoder(
            NettyLoop loop, Framing framing, HttpSettings settings, @Nullable Deflate deflate) {
        if (deflate == null || settings.deflate() == null) {
            return loop.frames(framing);
        }
        return deflate.serverNoContext()
                ? loop.deflate(settings.deflate()).frames(framing)
                : new DeflatingEncoder(framing, settings.deflate(), true);
    }

    private static MessageInflater inflater(NettyLoop loop, HttpSettings settings, Deflate deflate) {
        boolean alone = deflate.clientNoContext();
        var inflater =
                alone ? loop.deflate(Objects.requireNonNull(settings.deflate())).inflater() : new Inflater(true);
        return new MessageInflater(inflater, !alone, settings.maxPayload());
    }
}
