package io.sockeye.client.http;

import io.sockeye.client.http.TransportFailure.Kind;
import io.sockeye.engine.Transport;
import io.sockeye.engine.TransportKind;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Polling and WebSocket over one {@link HttpClient}, which exists from the first session on; over two with a proxy and
 * without TLS, see {@link #apart}.
 */
public final class HttpTransports implements Transports {
    private final HttpSettings settings;
    private final FreshHeaders headers;
    /** Of a client of its own; null for the user's. */
    private final @Nullable HttpExecutor executor;

    private final Supplier<LentHttpClient> lender;
    /**
     * Whether WebSockets have a client of their own. For the tunnel through a proxy, the JDK (17 as well as 25) takes an
     * idle connection that polls have left, and asks the proxy what it should ask the server.
     */
    private final boolean apart;

    private final ProxyFailures proxyFailures;
    private final IdleConnections idle;
    /** The same, unless apart. */
    private final IdleConnections idleForWebSockets;

    /** Null before the first session and after the end. */
    private @Nullable LentHttpClient lent;
    /** Null unless apart, and before the first WebSocket. */
    private @Nullable LentHttpClient lentForWebSockets;

    private HttpTransports(
            HttpSettings settings,
            Executor tasks,
            @Nullable HttpExecutor executor,
            Supplier<LentHttpClient> lender,
            boolean apart,
            ProxyFailures proxyFailures,
            IdleConnections idle) {
        this.settings = settings;
        this.proxyFailures = proxyFailures;
        this.headers = new FreshHeaders(settings, tasks);
        this.executor = executor;
        this.lender = lender;
        this.apart = apart;
        this.idle = idle;
        this.idleForWebSockets = apart ? new IdleConnections() : idle;
    }

    /** Over the user's client, which stays the user's. */
    public static HttpTransports over(HttpClient client, HttpSettings settings, Executor tasks) {
        return new HttpTransports(
                settings,
                tasks,
                null,
                () -> LentHttpClient.of(client),
                false,
                new ProxyFailures(settings.server(), client.proxy().orElse(null)),
                IdleConnections.of(client, settings.server()));
    }

    /**
     * Over a client of its own, made from the builder when it is needed and gone with the transports.
     */
    public static HttpTransports of(
            HttpClient.Builder client, HttpSettings settings, Executor tasks, ProxyChoice proxy) {
        var proxyFailures = new ProxyFailures(settings.server(), proxy.selector());
        if (proxy.authenticator() != null) {
            client.authenticator(proxyFailures.watch(proxy.authenticator()));
        }
        var executor = new HttpExecutor(tasks);
        client.executor(executor).followRedirects(HttpClient.Redirect.NEVER).connectTimeout(settings.connectTimeout());
        boolean apart = proxy.possible() && !settings.secure();
        return new HttpTransports(
                settings,
                tasks,
                executor,
                () -> LentHttpClient.own(client.build()),
                apart,
                proxyFailures,
                new IdleConnections());
    }

    /** @throws IllegalArgumentException if a header may not be set, or has no such form */
    public static void check(HttpSettings settings) {
        FreshHeaders.check(settings, settings.headers());
    }

    @Override
    public SessionTransports session(TransportOwner owner) {
        return new HttpSession(owner);
    }

    /** Made for the first request; fails if the JDK cannot, for instance because of its settings of TLS. */
    private HttpClient client() {
        var present = lent;
        if (present == null) {
            present = lender.get();
            lent = present;
        }
        return present.client();
    }

    private HttpClient webSocketClient() {
        if (!apart) {
            return client();
        }
        var present = lentForWebSockets;
        if (present == null) {
            present = lender.get();
            lentForWebSockets = present;
        }
        return present.client();
    }

    private void mayBlock(boolean mayBlock) {
        if (executor != null) {
            executor.mayBlock(mayBlock);
        }
    }

    @Override
    public void close() {
        if (lent != null) {
            lent.giveBack();
            lent = null;
        }
        if (lentForWebSockets != null) {
            lentForWebSockets.giveBack();
            lentForWebSockets = null;
        }
    }

    private final class HttpSession implements SessionTransports {
        private final TransportOwner owner;
        private final CompletableFuture<Map<String, String>> headers = HttpTransports.this.headers.ask();
        private final List<CompletableFuture<Void>> transports = new ArrayList<>(2);
        /** Null before the server has said it. */
        private @Nullable String sid;

        private HttpSession(TransportOwner owner) {
            this.owner = owner;
        }

        @Override
        public Transport open(TransportKind kind) {
            mayBlock(true);
            return kind == TransportKind.POLLING ? openPolling() : openWebSocket();
        }

        private Transport openPolling() {
            var transport = new PollingTransport(this::get, this::post, () -> sid != null, owner);
            transports.add(transport.ended());
            transport.start();
            return transport;
        }

        private Transport openWebSocket() {
            var transport = new WebSocketTransport(owner, settings.maxMessageBytes(), executor == null);
            transports.add(transport.ended());
            transport.start(inDueTime(idleForWebSockets, () -> connect(transport)));
            return transport;
        }

        private CompletableFuture<WebSocket> connect(WebSocketTransport transport) {
            var builder = webSocketClient().newWebSocketBuilder().connectTimeout(settings.connectTimeout());
            headers.join().forEach(builder::header);
            var protocols = settings.protocols();
            if (!protocols.isEmpty()) {
                builder.subprotocols(
                        protocols.get(0), protocols.subList(1, protocols.size()).toArray(String[]::new));
            }
            return builder.buildAsync(settings.webSocketUri(sid), transport.listener());
        }

        private PollingTransport.Exchange get() {
            // The request that opens the session may be repeated: with a password, for instance.
            return send(request -> sid == null ? request.GET() : request.method("GET", new NoRepetition()));
        }

        private PollingTransport.Exchange post(byte[] body) {
            return send(request -> request.header("Content-Type", "text/plain;charset=UTF-8")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        }

        private HttpRequest.Builder request() {
            var request = HttpRequest.newBuilder(settings.pollingUri(sid)).header("Accept", "*/*");
            if (executor != null || !settings.secure()) {
                // HTTP/2 is for who brings a client: a server that asks to go elsewhere would break the session, and
                // without TLS the JDK would offer to switch to it, which servers take for the switch to WebSocket.
                request.version(HttpClient.Version.HTTP_1_1);
            }
            headers.join().forEach(request::setHeader);
            return request;
        }

        private PollingTransport.Exchange send(UnaryOperator<HttpRequest.Builder> method) {
            var body = idle.watch(LimitedBody.upTo(settings.maxMessageBytes()));
            return new PollingTransport.Exchange(inDueTime(
                    idle, () -> client().sendAsync(method.apply(request()).build(), body)));
        }

        /**
         * Once the headers are known, and at a moment at which connections stay open. What is called asks the headers, or
         * fails as they do.
         */
        private <T> CompletableFuture<T> inDueTime(IdleConnections pool, Supplier<CompletableFuture<T>> call) {
            var outcome = new CompletableFuture<T>();
            callInDueTime(pool, call, outcome);
            return outcome;
        }

        private <T> void callInDueTime(
                IdleConnections pool, Supplier<CompletableFuture<T>> call, CompletableFuture<T> outcome) {
            long pause = pool.remainingMillis();
            if (outcome.isDone()) { // The transport was closed meanwhile.
                return;
            }
            if (!headers.isDone()) {
                headers.whenComplete((known, unknown) -> owner.execute(() -> callInDueTime(pool, call, outcome)));
            } else if (pause > 0) {
                owner.executeLater(() -> callInDueTime(pool, call, outcome), pause);
            } else {
                pass(promptly(pool, call), outcome);
            }
        }

        private <T> void pass(CompletableFuture<T> later, CompletableFuture<T> outcome) {
            later.whenComplete((value, failure) -> {
                if (failure != null) {
                    outcome.completeExceptionally(proxyFailures.explain(failure));
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

        /** What is thrown at once, for instance by the user's proxy selector, is a failure like one that comes later. */
        private static <T> CompletableFuture<T> promptly(IdleConnections pool, Supplier<CompletableFuture<T>> call) {
            pool.sent();
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
        public @Nullable TransportFailure obstacle() {
            return headers.isDone()
                    ? null
                    : new TransportFailure(Kind.HEADERS, "the headers' supplier does not answer", null);
        }

        @Override
        public void carriedBy(TransportKind kind) {
            mayBlock(kind != TransportKind.WEBSOCKET);
        }

        @Override
        public CompletableFuture<Void> ended() {
            return CompletableFuture.allOf(transports.toArray(CompletableFuture[]::new));
        }
    }
}
