package io.sockeye.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HeaderHook;
import io.sockeye.server.http.HttpCompression;
import io.sockeye.server.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One HTTP request and the answer that it waits for. Owned by the loop of its connection. */
final class Exchange {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpConnection connection;
    private final ChannelHandlerContext ctx;
    private final HttpRequest head;
    /** Headers that every answer to this request gets, such as CORS. */
    private final Map<String, String> extraHeaders = new LinkedHashMap<>(4);

    /** Has the last word about the answer's headers; null for none. */
    private @Nullable HeaderHook headerHook;

    private HttpCompression compression = HttpCompression.OFF;
    /** Made when first asked for. */
    private io.sockeye.server.http.@Nullable HttpRequest snapshot;

    /** Null if nobody wants it, or no more of it. */
    private @Nullable RequestBody body;

    private Runnable onAbort = () -> {};
    private Runnable onLost = () -> {};
    private Runnable onFollowed = () -> {};
    private boolean bodyRead;
    private boolean answered;
    private boolean sent;
    private boolean last;
    /** Whether the client goes on with its session over this connection, also while the server stops. */
    private boolean needed;
    /** Bytes of a body that nobody wants, but which is read so that the peer sees the answer. */
    private long discarded;

    Exchange(HttpConnection connection, ChannelHandlerContext ctx, HttpRequest head) {
        this.connection = connection;
        this.ctx = ctx;
        this.head = head;
    }

    HttpRequest head() {
        return head;
    }

    HttpConnection connection() {
        return connection;
    }

    ChannelHandlerContext context() {
        return ctx;
    }

    @Nullable
    String header(CharSequence name) {
        return head.headers().get(name);
    }

    /** All values of a header, with commas between them: RFC 9110, 5.3. Null if there is none. */
    @Nullable
    String list(CharSequence name) {
        var values = head.headers().getAll(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    void hookHeaders(@Nullable HeaderHook hook) {
        headerHook = hook;
    }

    /** What the hook, if there is one, makes of the headers. */
    HttpHeaders hooked(HttpHeaders headers) {
        return headerHook == null ? headers : headerHook.apply(headers, snapshot());
    }

    void addHeader(CharSequence name, String value) {
        extraHeaders.put(name.toString(), value);
    }

    void removeHeader(CharSequence name) {
        extraHeaders.remove(name.toString());
    }

    /** What remains of the request once it is answered. */
    io.sockeye.server.http.HttpRequest snapshot() {
        var made = snapshot;
        if (made == null) {
            made = RequestSnapshot.of(head, ctx, connection.proxies());
            snapshot = made;
        }
        return made;
    }

    /** Collects the body; a longer one is told to {@code tooLarge} instead, as soon as that is known, and in the log. */
    void readBody(int max, Consumer<Bytes> consumer, Runnable tooLarge) {
        body = new RequestBody(max, consumer, () -> {
            long bytes = HttpUtil.getContentLength(head, max + 1L);
            var loop = connection.loop();
            loop.payloadHint().tooBig("the body of a request", bytes, max, loop.nowMillis());
            tooLarge.run();
        });
        if (HeadRules.awaitsContinue(head)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    boolean bodyRead() {
        return bodyRead;
    }

    /** Whether the connection ends with the answer, whatever the peer sends behind the request. */
    boolean isLast() {
        return last;
    }

    boolean answered() {
        return answered;
    }

    /** Whether the answer is on its way. */
    boolean sends() {
        return answered && !sent;
    }

    /** The body cannot be read to its end, and what follows it neither. */
    void bodyBroken(HeadRules.Refusal refusal) {
        body = null;
        var action = onAbort;
        onAbort = () -> {};
        action.run();
        if (!answered) {
            reject(refusal.status(), refusal.text());
        } else if (!last) {
            last = true;
            Lingering.close(ctx, Unpooled.EMPTY_BUFFER);
        }
    }

    void receive(ByteBuf chunk, boolean last) {
        bodyRead = last;
        var wanted = body;
        if (wanted == null) {
            discarded += chunk.readableBytes();
        } else if (!wanted.receive(chunk, last)) {
            body = null;
        }
        if (discarded > Lingering.MAX_BYTES) {
            ctx.close();
        }
        doneIfRead();
    }

    /** Called if the connection ends before the answer. */
    void onAbort(Runnable action) {
        onAbort = action;
    }

    /** Called if the answer could not be sent. */
    void onLost(Runnable action) {
        onLost = action;
    }

    /** Called when another request waits behind this one, at once if it does already. */
    void onFollowed(Runnable action) {
        onFollowed = action;
        if (connection.holdsRequest()) {
            action.run();
        }
    }

    void followed() {
        onFollowed.run();
    }

    void abort() {
        answered = true;
        body = null;
        onAbort.run();
    }

    /** The client goes on with its session over this connection: it is kept, also while the server stops. */
    void keepConnection() {
        needed = true;
    }

    /** Refuses a request and closes the connection. */
    void reject(int status, String text) {
        addHeader(HttpHeaderNames.CONNECTION, "close");
        respond(status, TEXT, Bytes.ofUtf8(text));
    }

    void respond(int status, String contentType, Bytes content) {
        respond(status, HttpHeaders.of("Content-Type", contentType), content);
    }

    void compression(HttpCompression allowed) {
        compression = allowed;
    }

    /** Sends the answer, compressed if the settings and the client allow it. */
    void respondCompressed(int status, HttpHeaders headers, Bytes content) {
        var coding = compression.appliesTo(content.length())
                ? ContentCoding.preferred(list(HttpHeaderNames.ACCEPT_ENCODING))
                : null;
        if (coding == null) {
            respond(status, headers, content);
        } else {
            respond(status, headers.with("Content-Encoding", coding.text()), coding.encode(content));
        }
    }

    /** Sends the answer; only the first one counts. One that cannot be made ends the connection. */
    void respond(int status, HttpHeaders headers, Bytes content) {
        if (answered) {
            return;
        }
        try {
            send(response(status, headers, content));
        } catch (Throwable e) {
            connection.exceptionCaught(ctx, e);
        }
    }

    private void send(FullHttpResponse response) {
        answered = true;
        onAbort = () -> {};
        onFollowed = () -> {};
        connection.touch();
        boolean keepAlive = HttpUtil.isKeepAlive(head)
                && !"close".equals(response.headers().get(HttpHeaderNames.CONNECTION))
                && head.decoderResult().isSuccess()
                && (needed || connection.isKept());
        HttpUtil.setKeepAlive(response.headers(), head.protocolVersion(), keepAlive);
        if (keepAlive) {
            ctx.writeAndFlush(response).addListener(done -> sent(done.isSuccess()));
        } else {
            last = true;
            Lingering.close(ctx, response).addListener(done -> sent(done.isSuccess()));
        }
    }

    /** Only now the next request has its turn, so that a peer that does not read cannot make answers pile up. */
    private void sent(boolean success) {
        sent = true;
        try {
            if (!success) {
                onLost.run();
            }
            doneIfRead();
        } catch (Throwable e) { // Netty would only log it, and the next request would never be answered.
            connection.exceptionCaught(ctx, e);
        }
    }

    private void doneIfRead() {
        if (sent && bodyRead && !last) {
            connection.exchangeDone(this);
        }
    }

    private FullHttpResponse response(int status, HttpHeaders headers, Bytes content) {
        var own = new DefaultHttpHeaders();
        OwnHeaders.copy(hooked(withExtras(headers)), own);
        // "An origin server with a clock MUST generate a Date header field": RFC 9110, 6.6.1.
        if (!own.contains(HttpHeaderNames.DATE)) {
            own.set(HttpHeaderNames.DATE, connection.loop().date());
        }
        // "A server MUST NOT send a Content-Length" that a GET would not have: RFC 9110, 8.6.
        if (status != 204 && status != 304) {
            own.set(HttpHeaderNames.CONTENT_LENGTH, content.length());
        }
        var sent = head.method().equals(HttpMethod.HEAD) ? Bytes.EMPTY : content;
        var buffer = ctx.alloc().buffer(sent.length());
        sent.writeTo(buffer::writeBytes);
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), buffer, own, EmptyHttpHeaders.INSTANCE);
    }

    private HttpHeaders withExtras(HttpHeaders headers) {
        var all = headers;
        for (var extra : extraHeaders.entrySet()) {
            boolean joins = extra.getKey().equalsIgnoreCase("Vary"); // Not the one who adds to it last counts.
            String present =
                    joins ? all.first("Vary").map(value -> value + ", ").orElse("") : "";
            all = all.with(extra.getKey(), present + extra.getValue());
        }
        return all;
    }
}
