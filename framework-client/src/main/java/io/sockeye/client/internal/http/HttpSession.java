package io.sockeye.client.internal.http;

import io.sockeye.client.internal.transport.SessionTransports;
import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.client.internal.transport.TransportFailure.Kind;
import io.sockeye.client.internal.transport.TransportOwner;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.TransportKind;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The transports of one session over HTTP; requests wait until its headers are known. Used by the owner's thread. */
final class HttpSession implements SessionTransports {
    private final HttpSettings settings;
    private final HttpAccess access;
    /** The headers of each request; completed once they are known. */
    private final CompletableFuture<Map<String, String>> headers;

    private final TransportOwner owner;
    private final List<CompletableFuture<Void>> transports = new ArrayList<>(2);
    /** Null until the server has opened the session. */
    private @Nullable String sid;

    HttpSession(
            HttpSettings settings,
            HttpAccess access,
            CompletableFuture<Map<String, String>> headers,
            TransportOwner owner) {
        this.settings = settings;
        this.access = access;
        this.headers = headers;
        this.owner = owner;
    }

    @Override
    public Transport open(TransportKind kind) {
        access.mayBlock(true);
        return kind == TransportKind.POLLING ? openPolling() : openWebSocket();
    }

    private Transport openPolling() {
        var transport = new PollingTransport(this::get, this::post, () -> sid != null, owner);
        transports.add(transport.ended());
        transport.start();
        return transport;
    }

    private Transport openWebSocket() {
        var transport = new WebSocketTransport(owner, settings.maxMessageBytes(), !access.own());
        transports.add(transport.ended());
        transport.start(whenSafe(access.webSockets().idle(), () -> connect(transport)));
        return transport;
    }

    private CompletableFuture<WebSocket> connect(WebSocketTransport transport) {
        var builder = access.webSockets().client().newWebSocketBuilder().connectTimeout(settings.connectTimeout());
        headers.join().forEach(builder::header);
        var protocols = settings.protocols();
        if (!protocols.isEmpty()) {
            builder.subprotocols(
                    protocols.get(0), protocols.subList(1, protocols.size()).toArray(String[]::new));
        }
        return builder.buildAsync(settings.webSocketUri(sid), transport.listener());
    }

    private PollingTransport.Exchange get() {
        // The request that opens the session may be repeated, for instance with a password.
        return send(request -> sid == null ? request.GET() : request.method("GET", new UnrepeatableBody()));
    }

    private PollingTransport.Exchange post(byte[] body) {
        return send(request -> request.header("Content-Type", "text/plain;charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder request() {
        var request = HttpRequest.newBuilder(settings.pollingUri(sid)).header("Accept", "*/*");
        if (access.own() || !settings.secure()) {
            // HTTP/2 only over the user's HTTP client: a server that ends its connections with GOAWAY would break the
            // session.
            // Without TLS, the JDK would offer to upgrade to HTTP/2, which servers mistake for an upgrade to WebSocket.
            request.version(HttpClient.Version.HTTP_1_1);
        }
        headers.join().forEach(request::setHeader);
        return request;
    }

    private PollingTransport.Exchange send(UnaryOperator<HttpRequest.Builder> method) {
        var body = access.polls().idle().watch(LimitedBody.upTo(settings.maxMessageBytes()));
        return new PollingTransport.Exchange(whenSafe(
                access.polls().idle(),
                () -> access.polls().client().sendAsync(method.apply(request()).build(), body)));
    }

    /**
     * Makes a call once the headers are known and no idle connection is about to be closed. The call reads the headers, and
     * fails if they have failed.
     */
    private <T> CompletableFuture<T> whenSafe(IdleConnections pool, Supplier<CompletableFuture<T>> call) {
        var outcome = new CompletableFuture<T>();
        callWhenSafe(pool, call, outcome);
        return outcome;
    }

    private <T> void callWhenSafe(
            IdleConnections pool, Supplier<CompletableFuture<T>> call, CompletableFuture<T> outcome) {
        long pause = pool.remainingMillis();
        if (outcome.isDone()) { // The transport was closed meanwhile.
            return;
        }
        if (!headers.isDone()) {
            headers.whenComplete((known, unknown) -> owner.execute(() -> callWhenSafe(pool, call, outcome)));
        } else if (pause > 0) {
            owner.executeLater(() -> callWhenSafe(pool, call, outcome), pause);
        } else {
            pass(callNow(pool, call), outcome);
        }
    }

    private <T> void pass(CompletableFuture<T> later, CompletableFuture<T> outcome) {
        later.whenComplete((value, failure) -> {
            if (failure != null) {
                outcome.completeExceptionally(access.proxyFailures().explain(failure));
            } else if (!outcome.complete(value) && value instanceof WebSocket unwanted) {
                unwanted.abort();
            }
        });
        outcome.whenComplete((value, failure) -> {
            if (outcome.isCancelled()) {
                later.cancel(true);
            }
        });
    }

    /** An exception that is thrown at once, for instance by the user's proxy selector, becomes a failed future. */
    private static <T> CompletableFuture<T> callNow(IdleConnections pool, Supplier<CompletableFuture<T>> call) {
        pool.requestSent();
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void opened(String id) {
        sid = id;
    }

    @Override
    public @Nullable TransportFailure blockedBy() {
        return headers.isDone()
                ? null
                : new TransportFailure(Kind.HEADERS, "the headers' supplier does not answer", null);
    }

    @Override
    public void activeTransport(TransportKind kind) {
        access.mayBlock(kind != TransportKind.WEBSOCKET);
    }

    @Override
    public CompletableFuture<Void> ended() {
        return CompletableFuture.allOf(transports.toArray(CompletableFuture[]::new));
    }
}
