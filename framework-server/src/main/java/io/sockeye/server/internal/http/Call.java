package io.sockeye.server.internal.http;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.Loop;
import io.sockeye.server.host.WebSocketChannel;
import io.sockeye.server.http.HeaderHook;
import io.sockeye.server.http.HttpCompression;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.ProxyTrust;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** An exchange as the server sees it, with what is the same on every host. Owned by the exchange's loop. */
public final class Call implements Exchange.Listener {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Exchange exchange;
    private final Proxies proxies;
    private final PayloadHint payloadHint;
    private final BiConsumer<Throwable, String> failures;
    private final AnswerHeaders answerHeaders = new AnswerHeaders();
    private HttpCompression compression = HttpCompression.OFF;
    /** Made when first asked for. */
    private @Nullable HttpRequest snapshot;

    private Runnable onAbort = () -> {};
    private Runnable onLost = () -> {};
    private Runnable onFollowed = () -> {};
    private LongConsumer onBodyHeld = bytes -> {};

    /**
     * @param payloadHint tells of bodies that are too long
     * @param failures is told what keeps a request from being answered, and where
     */
    public Call(Exchange exchange, Proxies proxies, PayloadHint payloadHint, BiConsumer<Throwable, String> failures) {
        this.exchange = exchange;
        this.proxies = proxies;
        this.payloadHint = payloadHint;
        this.failures = failures;
        exchange.listen(this);
    }

    public String method() {
        return exchange.method();
    }

    public String uri() {
        return exchange.uri();
    }

    /** The first value of a header; null if there is none. */
    @Nullable
    public String header(String name) {
        var values = exchange.headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** All values of a header, with commas between them: RFC 9110, 5.3. Null if there is none. */
    @Nullable
    public String list(String name) {
        var values = exchange.headers(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    public List<String> headers(String name) {
        return exchange.headers(name);
    }

    /** What remains of the request once it is answered. */
    public HttpRequest snapshot() {
        var made = snapshot;
        if (made == null) {
            var request = exchange.request();
            made = request.from(proxies.origin(request.headers(), peer()));
            snapshot = made;
        }
        return made;
    }

    private ProxyTrust.Peer peer() {
        return new ProxyTrust.Peer(
                exchange.request().remoteAddress(), exchange.request().secure());
    }

    /** The host that a trusted proxy was asked for; null if none says. */
    @Nullable
    String forwardedHost() {
        return proxies.host(exchange.request().headers(), peer());
    }

    /** Does something for the answer; what it throws, be it the user's code or a bug, is reported and answered with 500. */
    public void guard(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void fail(Throwable cause) {
        if (!exchange.isOpen()) {
            exchange.fail(cause);
            return;
        }
        try {
            failures.accept(cause, "request " + method() + " " + uri());
            onAbort();
            answerHeaders.hook(null); // It is given the request, and that may be what fails.
            addHeader("connection", "close");
            exchange.answer(
                    500,
                    answerHeaders.extended(HttpHeaders.of("Content-Type", TEXT)),
                    Bytes.ofUtf8("Internal Server Error"));
        } catch (Throwable e) {
            exchange.fail(e);
        }
    }

    public Loop loop() {
        return exchange.loop();
    }

    /** Goes on on the loop of that index. */
    public void moveTo(int index, Runnable task) {
        exchange.moveTo(index, () -> guard(task));
    }

    /** Goes on once another thread has decided; never, if the request was answered or the peer has left meanwhile. */
    public <T> void await(CompletionStage<T> decision, BiConsumer<? super T, ? super Throwable> then) {
        var loop = loop();
        decision.whenComplete((result, failure) -> loop.execute(() -> {
            if (exchange.isOpen()) {
                guard(() -> then.accept(result, failure));
            }
        }));
    }

    /** Collects the body; a longer one is told to {@code tooLong} instead, as soon as that is known, and in the log. */
    public void readBody(int max, Consumer<Bytes> body, Runnable tooLong) {
        exchange.readBody(max, all -> guard(() -> body.accept(all)), bytes -> {
            payloadHint.tooBig("the body of a request", bytes, max, loop().nowMillis());
            guard(tooLong);
        });
    }

    /** Called if the peer leaves before the answer. */
    public void onAbort(Runnable action) {
        onAbort = action;
    }

    /** Told how many bytes are held of the body while it comes. */
    public void onBodyHeld(LongConsumer action) {
        onBodyHeld = action;
    }

    /** Called if the answer could not be sent. */
    public void onLost(Runnable action) {
        onLost = action;
    }

    /** Called when another request waits behind this one, at once if it does already. */
    public void onFollowed(Runnable action) {
        onFollowed = action;
        if (exchange.isFollowed()) {
            action.run();
        }
    }

    @Override
    public void onAbort() {
        var action = onAbort;
        onAbort = () -> {};
        guard(action);
    }

    @Override
    public void onBodyHeld(long bytes) {
        guard(() -> onBodyHeld.accept(bytes));
    }

    @Override
    public void onLost() {
        guard(onLost);
    }

    @Override
    public void onFollowed() {
        guard(onFollowed);
    }

    @Override
    public void onWritable() {}

    @Override
    public void onBroken(int status, String text) {
        onAbort();
        reject(status, text);
    }

    public void hookHeaders(@Nullable HeaderHook hook) {
        answerHeaders.hook(hook);
    }

    public void addHeader(String name, String value) {
        answerHeaders.add(name, value);
    }

    public void removeHeader(String name) {
        answerHeaders.remove(name);
    }

    public void compression(HttpCompression allowed) {
        compression = allowed;
    }

    /** The client goes on with its session over this connection: it is kept, also while the server stops. */
    public void keepConnection() {
        exchange.keepConnection();
    }

    public boolean asksForWebSocket() {
        return exchange.asksForWebSocket();
    }

    public boolean mayUpgrade() {
        return exchange.mayUpgrade();
    }

    /** Turns the connection into a WebSocket. */
    public void upgrade(
            WebSocketChannel.Options options, Function<WebSocketChannel, WebSocketChannel.Listener> opened) {
        exchange.upgrade(answerHeaders.hooked(HttpHeaders.NONE, this::snapshot), options, opened);
    }

    /** Refuses a request and closes the connection. */
    public void reject(int status, String text) {
        addHeader("connection", "close");
        respond(status, TEXT, Bytes.ofUtf8(text));
    }

    public void respond(int status, String contentType, Bytes content) {
        respond(status, HttpHeaders.of("Content-Type", contentType), content);
    }

    /** The answer, compressed if the settings and the client allow it. */
    public PollFormat.Answer compressed(PollFormat.Answer answer) {
        long length = Bytes.length(answer.body());
        boolean applies = length <= Integer.MAX_VALUE && compression.appliesTo((int) length);
        var coding = applies ? ContentCoding.preferred(list("accept-encoding")) : null;
        if (coding == null) {
            return answer;
        }
        var headers = answer.headers().with("Content-Encoding", coding.text());
        return PollFormat.Answer.of(headers, coding.encode(Bytes.join(answer.body())));
    }

    public void respond(int status, HttpHeaders headers, Bytes content) {
        respond(status, headers, List.of(content), () -> {});
    }

    /**
     * Sends the answer; only the first one counts. In place of one that cannot be made, 500 is.
     *
     * @param left called when the content is not needed any more
     */
    public void respond(int status, HttpHeaders headers, List<Bytes> content, Runnable left) {
        if (!exchange.isOpen()) {
            left.run();
            return;
        }
        try {
            exchange.answer(
                    status, answerHeaders.hooked(answerHeaders.extended(headers), this::snapshot), content, left);
        } catch (Throwable e) {
            left.run();
            fail(e);
        }
    }

    /** Ends the connection, whatever of the answer has not left. */
    public void cut() {
        exchange.drop();
    }
}
