package io.sockeye.server.internal.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.sockeye.bytes.Bytes;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.Loop;
import io.sockeye.server.host.WebSocketChannel;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.internal.netty.http.HeadRules;
import io.sockeye.server.internal.netty.http.RequestSnapshot;
import io.sockeye.server.internal.netty.http.Responses;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A request on an HTTP connection. Owned by the loop of its connection. */
final class NettyExchange implements Exchange {
    private final HttpConnection connection;
    private final ChannelHandlerContext ctx;
    private final HttpRequest head;
    /** Made when first asked for. */
    private io.sockeye.server.http.@Nullable HttpRequest snapshot;
    /** Null until somebody wants to know. */
    private @Nullable Listener listener;

    private final IncomingBody body = new IncomingBody(this);

    /** Null unless the answer goes on. */
    private @Nullable NettyStream stream;

    /** Told when the answer has left, or is lost. */
    private Runnable left = () -> {};

    private boolean answered;
    /** Whether the answer was written to its end. */
    private boolean written;

    private boolean sent;
    private boolean last;
    /** Whether the client goes on with its session over this connection, also while the server stops. */
    private boolean needed;

    NettyExchange(HttpConnection connection, ChannelHandlerContext ctx, HttpRequest head) {
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

    private Listener listener() {
        return Objects.requireNonNull(listener);
    }

    @Override
    public io.sockeye.server.http.HttpRequest request() {
        var made = snapshot;
        if (made == null) {
            made = RequestSnapshot.of(head, ctx);
            snapshot = made;
        }
        return made;
    }

    @Override
    public String method() {
        return head.method().name();
    }

    @Override
    public String uri() {
        return head.uri();
    }

    @Override
    public List<String> headers(String name) {
        return head.headers().getAll(name);
    }

    @Override
    public boolean asksForWebSocket() {
        return WebSocketUpgrade.isAskedFor(head.headers());
    }

    @Override
    public boolean mayUpgrade() {
        return WebSocketUpgrade.isPossible(head);
    }

    @Override
    public Loop loop() {
        return connection.loop();
    }

    @Override
    public void moveTo(int index, Runnable task) {
        connection.moveTo(index, task);
    }

    @Override
    public void listen(Listener told) {
        listener = told;
    }

    @Override
    public void readBody(int maxBytes, Consumer<Bytes> consumer, LongConsumer tooLong) {
        body.collect(maxBytes, consumer, tooLong);
    }

    boolean bodyRead() {
        return body.isRead();
    }

    /** Whether the connection ends with the answer, whatever the peer sends behind the request. */
    boolean isLast() {
        return last;
    }

    @Override
    public boolean isOpen() {
        return !answered;
    }

    @Override
    public boolean isFollowed() {
        return connection.isFollowed();
    }

    /** The body cannot be read to its end, and what follows it neither. */
    void bodyBroken(HeadRules.Refusal refusal) {
        if (!answered) {
            listener().onBroken(refusal.status(), refusal.text());
        } else if (!last) {
            last = true;
            Lingering.close(ctx, Unpooled.EMPTY_BUFFER);
        }
    }

    /** So many bytes of the body are held. */
    void bodyHeld(long bytes) {
        listener().onBodyHeld(bytes);
    }

    void receive(HttpContent content) {
        body.receive(content);
        doneIfRead();
    }

    /** Whether it is for the server to go on. */
    boolean awaitsServer() {
        return !answered || (stream != null && stream.rests());
    }

    /** The connection takes more, or no more. */
    void writabilityChanged() {
        if (stream != null && stream.writable()) {
            listener().onWritable();
        }
    }

    /** Another request has come. */
    void followed() {
        if (!answered) {
            listener().onFollowed();
        }
    }

    /** The connection has ended. */
    void abort() {
        body.forget();
        boolean awaited = !answered || (stream != null && stream.abort());
        boolean cut = answered && stream == null && !written;
        answered = true;
        if (awaited) {
            listener().onAbort();
        } else if (cut) {
            sent(false);
        }
    }

    @Override
    public void keepConnection() {
        needed = true;
    }

    @Override
    public void fail(Throwable cause) {
        connection.exceptionCaught(ctx, cause);
    }

    @Override
    public void answer(int status, HttpHeaders headers, Bytes content) {
        answer(status, headers, List.of(content), () -> {});
    }

    @Override
    public void answer(int status, HttpHeaders headers, List<Bytes> content, Runnable whenLeft) {
        boolean isLong = NettyBody.isLong(content) && !Responses.isHead(head);
        var response = isLong
                ? Responses.head(status, headers, content)
                : Responses.whole(status, headers, content, head, ctx.alloc());
        boolean keepAlive = begin(response);
        left = whenLeft;
        if (isLong) {
            write(response);
            new NettyBody(this, content, () -> finish(LastHttpContent.EMPTY_LAST_CONTENT, keepAlive)).proceed();
        } else {
            finish(response, keepAlive);
        }
    }

    @Override
    public void drop() {
        ctx.close();
    }

    @Override
    public void upgrade(
            HttpHeaders headers,
            WebSocketChannel.Options options,
            Function<WebSocketChannel, WebSocketChannel.Listener> opened) {
        WebSocketUpgrade.accept(this, headers, options, opened);
    }

    @Override
    public Stream stream(int status, HttpHeaders headers) {
        var response = Responses.head(status, headers, head);
        boolean keepAlive = begin(response);
        write(response);
        var begun = new NettyStream(this, Responses.isHead(head), end -> finish(end, keepAlive));
        stream = begun;
        return begun;
    }

    /** Sends something before the end of the answer, together with what else is written in the loop's turn. */
    ChannelFuture write(HttpObject part) {
        var leaving = ctx.write(part);
        connection.answers().flushLater();
        return leaving;
    }

    /** The answer is decided: whether the connection lives on. */
    private boolean begin(HttpResponse response) {
        answered = true;
        body.forget();
        connection.answers().begun();
        boolean kept = needed || connection.isKept();
        return Responses.complete(response, head, connection.loop().date(), kept);
    }

    /** Sends what completes the answer. */
    private void finish(HttpObject end, boolean keepAlive) {
        last = !keepAlive;
        written = true;
        var leaving = keepAlive ? ctx.write(end) : Lingering.close(ctx, end);
        leaving.addListener(done -> sent(done.isSuccess()));
        if (keepAlive) {
            connection.answers().flushLater();
            doneIfRead();
        }
    }

    private void sent(boolean success) {
        sent = true;
        try {
            connection.answers().sent();
            left.run();
            if (!success) {
                listener().onLost();
            }
            doneIfRead();
        } catch (Throwable e) { // Netty would only log it, and the next request would never be answered.
            connection.exceptionCaught(ctx, e);
        }
    }

    /** The next request has its turn while few answers have not left: a peer that does not read cannot make them pile up. */
    private void doneIfRead() {
        boolean room = sent || ctx.channel().isWritable();
        if (written && body.isRead() && !last && room) {
            connection.exchangeDone(this);
        }
    }
}
