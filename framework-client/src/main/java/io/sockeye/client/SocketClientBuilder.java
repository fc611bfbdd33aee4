package io.sockeye.client;

import io.sockeye.protocol.Parser;
import io.sockeye.protocol.TransportKind;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings of a {@link SocketClient}. The defaults are the official client's. Invalid values throw {@link
 * IllegalArgumentException}, here or in {@link #build}. Not thread-safe.
 *
 * <pre>{@code
 * SocketClient client = SocketClient.builder("https://chat.example")
 *         .auth(() -> Map.of("token", tokens.fresh()))
 *         .reconnection(Reconnection.DEFAULT.delay(Duration.ofMillis(500), Duration.ofSeconds(30)))
 *         .build();
 * }</pre>
 */
public interface SocketClientBuilder {
    /** What each namespace is sent when a socket connects, to say who the user is; see {@link Socket#auth(Object)}. */
    SocketClientBuilder auth(Object credentials);

    /** The same, but the supplier is called for each connection; see {@link Socket#auth(Supplier)}. */
    SocketClientBuilder auth(Supplier<?> credentials);

    /**
     * The transports that may be used; the first one is tried first. By default polling, which is upgraded to WebSocket where
     * that is possible. {@code transports(WEBSOCKET)} alone is faster, where nothing on the way blocks WebSocket.
     */
    SocketClientBuilder transports(TransportKind... kinds);

    /** Whether a polling connection is upgraded to WebSocket where the server offers it; true by default. */
    SocketClientBuilder upgrade(boolean wanted);

    /** Whether to begin with WebSocket when it worked the last time, without polling first; false by default. */
    SocketClientBuilder rememberUpgrade(boolean wanted);

    /** Whether to try the next transport when one cannot connect, before it counts as a failure; false by default. */
    SocketClientBuilder tryAllTransports(boolean wanted);

    /** Whether, when and how often to connect again; {@link Reconnection#DEFAULT} by default. */
    SocketClientBuilder reconnection(Reconnection settings);

    /**
     * How long acknowledgements may take, unless {@link Emitter#timeout} says otherwise; 30 s by default. The server may
     * never send one: with {@link Emitter#FOREVER}, the official client's default, a request then waits as long as the
     * connection lasts.
     */
    SocketClientBuilder ackTimeout(Duration timeout);

    /**
     * How often an event is sent again that the server has not acknowledged within {@link #ackTimeout}, or before the
     * connection was lost; 0 by default. Each event then waits until the one before it was acknowledged, which keeps their
     * order. The server must acknowledge every event, also those that are emitted without a request for it. Volatile events
     * are sent once.
     */
    SocketClientBuilder retries(int count);

    /** How values become JSON and back, by a Jackson mapper of yours; its settings are kept. */
    SocketClientBuilder json(JsonMapper mapper);

    /** How packets are encoded; the server must use the same parser. The specification's by default. */
    SocketClientBuilder parser(Parser chosen);

    /**
     * Runs handlers on this executor, those of one socket in order: {@code SwingUtilities::invokeLater}, for instance. By
     * default they run on virtual threads, before JDK 21 on daemon threads. The same threads are used where this executor
     * would run a handler on the calling thread, which does I/O. The executor stays yours to shut down.
     */
    SocketClientBuilder handlerExecutor(Executor executor);

    /** How many binary values one event of the server may have; more end the connection. 1,000 by default. */
    SocketClientBuilder maxAttachments(int count);

    /**
     * How many events of a socket may wait for their handlers; 10,000 by default. Beyond it the client stops reading, so
     * that the server has to wait, unless a request waits for its answer. A server that receives no pong for too long
     * meanwhile ends the connection, as always.
     */
    SocketClientBuilder mailboxLimit(int events);

    /**
     * Bytes of events that may wait to be sent, of all namespaces together, because there is no connection or because it is
     * slow; 16 MiB by default. Each message counts with its bytes on the wire and 64 bytes more. For an event that exceeds
     * the limit, {@link Emitter#emit} throws a {@link NotSentException}, unless {@link #onOverflow} is set, and a request
     * fails with one. While nothing else waits, a connected socket sends an event of any size. See {@link
     * SocketClient#waitingBytes}.
     */
    SocketClientBuilder outboxBytes(long bytes);

    /**
     * Called for each event that is not sent because {@link #outboxBytes} wait already, on the thread that emits it. What
     * it throws, {@code emit} throws; by default that is the exception it is given. Requests fail instead, and volatile
     * events are dropped silently, as always.
     */
    SocketClientBuilder onOverflow(Consumer<NotSentException> handler);

    /**
     * Called for exceptions that handlers throw, and for emitted events that turned out to be bigger than the server takes
     * ({@link NotSentException}); logs them by default.
     */
    SocketClientBuilder onError(ErrorHandler handler);

    /**
     * Decides what the server gets when a handler that was to answer fails, after {@link #onError} was called. By default a
     * {@link io.sockeye.event.Rejection} with the message {@code internal error}, or {@code unexpected arguments} where those
     * of the server do not fit.
     */
    SocketClientBuilder onRequestError(RequestErrorHandler handler);

    /**
     * The path of the server's endpoint; {@code /socket.io/} by default.
     *
     * @throws IllegalArgumentException if it is not the path of a URL, encoded as in one: {@code /my%20chat/}
     */
    SocketClientBuilder path(String endpoint);

    /** Whether the path ends with a slash, as servers expect by default; true by default. */
    SocketClientBuilder addTrailingSlash(boolean wanted);

    /**
     * Subprotocols that are offered when a WebSocket is opened, for instance for a gateway that requires one; none by
     * default.
     *
     * @throws IllegalArgumentException if a name is not an HTTP token, or occurs twice
     */
    SocketClientBuilder protocols(String... names);

    /** Adds a parameter to the query of every request. The server's handlers find it in the handshake. */
    SocketClientBuilder query(String name, String value);

    /** Adds a header to every request. It is sent to this server only: redirects are not followed. */
    SocketClientBuilder header(String name, String value);

    /**
     * Further headers, from a supplier that is called for each connection: a token that expires, for instance. The supplier
     * may block; if it throws, the attempt to connect fails with {@link ConnectFailedException.Reason#HEADERS} and is
     * repeated as others are.
     */
    SocketClientBuilder headers(Supplier<? extends Map<String, String>> supplier);

    /**
     * How long the server may take to accept the connection, to answer the handshake, and to answer for each namespace; 20 s
     * by default. A namespace that does not answer gets twice as long the next time, up to eight times as long.
     */
    SocketClientBuilder connectTimeout(Duration timeout);

    /**
     * How many bytes one message of the server may have; a longer one ends the connection. 32 MiB by default. Each binary
     * value is a message of its own: those of one event may have ten times as many bytes together.
     */
    SocketClientBuilder maxMessageBytes(int bytes);

    /** Which certificates are trusted, and which one is presented; the JDK's defaults by default. */
    SocketClientBuilder sslContext(SSLContext context);

    /** Further TLS settings, such as the versions. */
    SocketClientBuilder sslParameters(SSLParameters parameters);

    /** The proxy to use; the JVM's default by default. {@code HttpClient.Builder.NO_PROXY} for none. */
    SocketClientBuilder proxy(ProxySelector selector);

    /**
     * Answers when the server or the proxy asks for a user name and a password. For tunnels through a proxy, which {@code
     * https} and WebSockets need, the JDK does not send a password by Basic authentication unless it is started with {@code
     * -Djdk.http.auth.tunneling.disabledSchemes=}.
     */
    SocketClientBuilder authenticator(Authenticator authenticator);

    /** Keeps the server's cookies, such as those of load balancers, and sends them back; by default they are ignored. */
    SocketClientBuilder cookies();

    /** The same with a cookie handler of yours. */
    SocketClientBuilder cookies(CookieHandler handler);

    /**
     * Uses an HTTP client of yours, which several clients may share and which stays yours to close. Proxy, TLS, cookies and
     * authenticator are settings of that client then: {@code build()} rejects those that were made here. Through a proxy
     * without TLS, such a client may stay with polling, because the JDK mixes up its connections to the proxy.
     *
     * <p>When the server closes a WebSocket right after a message, the JDK may not report it if the HTTP client's executor
     * uses other threads, as its default does. A Sockeye client without {@code httpClient} is not affected. With it, the
     * client finds out within about 5 s, or 20 s after a long silence: it sends a WebSocket ping when nothing has followed
     * a message for one or two seconds, and further pings at growing intervals, up to 16 s, while nothing arrives.
     *
     * @throws IllegalArgumentException if it follows redirects: it would send the headers to another server
     */
    SocketClientBuilder httpClient(HttpClient client);

    /** A client with these settings, which is not connected yet. */
    SocketClient build();
}
