package io.sockeye.client.internal;

import static java.util.Objects.requireNonNull;

import io.sockeye.client.ErrorHandler;
import io.sockeye.client.NotSentException;
import io.sockeye.client.Reconnection;
import io.sockeye.client.RequestErrorHandler;
import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.client.internal.http.HttpOptions;
import io.sockeye.client.internal.http.HttpSettings;
import io.sockeye.client.internal.settings.Durations;
import io.sockeye.client.internal.settings.ServerUrl;
import io.sockeye.client.internal.socket.Credentials;
import io.sockeye.client.internal.threads.ClientThreads;
import io.sockeye.client.internal.threads.Loop;
import io.sockeye.client.internal.threads.LoopThread;
import io.sockeye.client.internal.transport.Transports;
import io.sockeye.engine.Subprotocols;
import io.sockeye.json.Json;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.TransportKind;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Checks each setting and keeps it until the client is built. Not thread-safe. */
public final class ClientBuilder implements SocketClientBuilder {
    private final URI url;
    private final HttpOptions http;
    private final DraftOptions draft;
    /** Null if nothing is sent. */
    private @Nullable Object auth;
    /** Null for threads of the client's own. */
    private @Nullable Executor handlerExecutor;

    /** @throws IllegalArgumentException if the URL names no server */
    public ClientBuilder(URI url) {
        this.url = ServerUrl.check(url);
        var server = ServerUrl.server(url);
        this.http = new HttpOptions(server, ServerUrl.query(url));
        this.draft = new DraftOptions(server);
    }

    @Override
    public SocketClientBuilder auth(Object credentials) {
        auth = requireNonNull(credentials, "auth");
        return this;
    }

    @Override
    public SocketClientBuilder auth(Supplier<?> credentials) {
        auth = requireNonNull(credentials, "auth");
        return this;
    }

    @Override
    public SocketClientBuilder transports(TransportKind... kinds) {
        var distinct = new HashSet<>(List.of(checked("transports", kinds)));
        if (kinds.length == 0 || distinct.size() < kinds.length) {
            throw new IllegalArgumentException(
                    "transports: " + List.of(kinds) + ", must be one at least, and each once");
        }
        draft.transports = List.of(kinds);
        return this;
    }

    @Override
    public SocketClientBuilder upgrade(boolean wanted) {
        draft.upgrade = wanted;
        return this;
    }

    @Override
    public SocketClientBuilder rememberUpgrade(boolean wanted) {
        draft.rememberUpgrade = wanted;
        return this;
    }

    @Override
    public SocketClientBuilder tryAllTransports(boolean wanted) {
        draft.tryAllTransports = wanted;
        return this;
    }

    @Override
    public SocketClientBuilder reconnection(Reconnection settings) {
        draft.reconnection = requireNonNull(settings, "reconnection");
        return this;
    }

    @Override
    public SocketClientBuilder ackTimeout(Duration timeout) {
        draft.ackTimeout = Durations.atLeastAMillisecond("ackTimeout", timeout);
        return this;
    }

    @Override
    public SocketClientBuilder retries(int count) {
        draft.retries = (int) atLeast(0, "retries", count);
        return this;
    }

    @Override
    public SocketClientBuilder json(JsonMapper mapper) {
        draft.json = Json.of(requireNonNull(mapper, "json"));
        return this;
    }

    @Override
    public SocketClientBuilder parser(Parser chosen) {
        draft.parser = requireNonNull(chosen, "parser");
        return this;
    }

    @Override
    public SocketClientBuilder handlerExecutor(Executor executor) {
        handlerExecutor = requireNonNull(executor, "handlerExecutor");
        return this;
    }

    @Override
    public SocketClientBuilder maxAttachments(int count) {
        draft.maxAttachments = (int) atLeast(0, "maxAttachments", count);
        return this;
    }

    @Override
    public SocketClientBuilder mailboxLimit(int events) {
        draft.mailboxLimit = (int) atLeast(1, "mailboxLimit", events);
        return this;
    }

    @Override
    public SocketClientBuilder outboxBytes(long bytes) {
        draft.outboxBytes = atLeast(1, "outboxBytes", bytes);
        return this;
    }

    @Override
    public SocketClientBuilder onOverflow(Consumer<NotSentException> handler) {
        draft.overflows = requireNonNull(handler, "onOverflow");
        return this;
    }

    @Override
    public SocketClientBuilder onError(ErrorHandler handler) {
        draft.errors = requireNonNull(handler, "onError");
        return this;
    }

    @Override
    public SocketClientBuilder onRequestError(RequestErrorHandler handler) {
        draft.requestErrors = requireNonNull(handler, "onRequestError");
        return this;
    }

    @Override
    public SocketClientBuilder path(String endpoint) {
        http.path(ServerUrl.checkPath(endpoint));
        return this;
    }

    @Override
    public SocketClientBuilder addTrailingSlash(boolean wanted) {
        http.addTrailingSlash(wanted);
        return this;
    }

    @Override
    public SocketClientBuilder protocols(String... names) {
        http.protocols(List.copyOf(Subprotocols.check(List.of(checked("protocols", names)))));
        return this;
    }

    @Override
    public SocketClientBuilder query(String name, String value) {
        http.query(requireNonNull(name, "query"), requireNonNull(value, () -> "query: " + name));
        return this;
    }

    @Override
    public SocketClientBuilder header(String name, String value) {
        http.header(requireNonNull(name, "header"), requireNonNull(value, () -> "header: " + name));
        return this;
    }

    @Override
    public SocketClientBuilder headers(Supplier<? extends Map<String, String>> supplier) {
        http.headers(requireNonNull(supplier, "headers"));
        return this;
    }

    @Override
    public SocketClientBuilder connectTimeout(Duration timeout) {
        draft.connectTimeout = Durations.atLeastAMillisecond("connectTimeout", timeout);
        return this;
    }

    @Override
    public SocketClientBuilder maxMessageBytes(int bytes) {
        draft.maxMessageBytes = (int) atLeast(1, "maxMessageBytes", bytes);
        return this;
    }

    @Override
    public SocketClientBuilder sslContext(SSLContext context) {
        http.sslContext(requireNonNull(context, "sslContext"));
        return this;
    }

    @Override
    public SocketClientBuilder sslParameters(SSLParameters parameters) {
        http.sslParameters(requireNonNull(parameters, "sslParameters"));
        return this;
    }

    @Override
    public SocketClientBuilder proxy(ProxySelector selector) {
        http.proxy(requireNonNull(selector, "proxy"));
        return this;
    }

    @Override
    public SocketClientBuilder authenticator(Authenticator authenticator) {
        http.authenticator(requireNonNull(authenticator, "authenticator"));
        return this;
    }

    @Override
    public SocketClientBuilder cookies() {
        http.cookies();
        return this;
    }

    @Override
    public SocketClientBuilder cookies(CookieHandler handler) {
        http.cookies(requireNonNull(handler, "cookies"));
        return this;
    }

    @Override
    public SocketClientBuilder httpClient(HttpClient client) {
        http.httpClient(requireNonNull(client, "httpClient"));
        return this;
    }

    private static <T> T[] checked(String setting, T[] values) {
        for (var value : requireNonNull(values, setting)) {
            requireNonNull(value, setting);
        }
        return values;
    }

    private static long atLeast(long least, String setting, long value) {
        if (value < least) {
            throw new IllegalArgumentException(setting + ": " + value);
        }
        return value;
    }

    @Override
    public SocketClient build() {
        var threads = new ClientThreads(handlerExecutor);
        var loop = new LoopThread(threads.owner());
        return build(threads, loop, http.transports(httpSettings(), threads.replies()));
    }

    HttpSettings httpSettings() {
        return http.settings(draft.connectTimeout, draft.maxMessageBytes);
    }

    /** The same on a loop and over transports of a test's own. */
    SocketClient build(Loop loop, Transports transports) {
        return build(new ClientThreads(handlerExecutor), loop, transports);
    }

    private SocketClient build(ClientThreads threads, Loop loop, Transports transports) {
        if (auth != null) {
            Credentials.check(draft.json, auth);
        }
        var context = new ClientContext(draft.options(), threads, loop, transports, auth);
        return new MainSocket(context, ServerUrl.namespace(url));
    }
}
