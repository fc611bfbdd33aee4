package io.sockeye.client.internal.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows when the server may close idle connections. A request that is sent at that moment is lost, and the session with it, since
 * neither a poll nor a POST may be sent twice. A moment later the HTTP client has noticed that the connection was closed, and
 * uses another one. Any thread.
 *
 * <ul>
 *   <li>Node and Apache close them after the time that they announce, {@code Keep-Alive: timeout=5}; Node from 22.19 on
 *       one second later. Announced times are whole seconds: where the real one is not, such as 5.5, a request may still be lost.
 *   <li>netty-socketio (2.0.14) announces {@code Connection: keep-alive}, but closes the connection after each answer.
 * </ul>
 */
final class IdleConnections {
    private static final Pattern TIMEOUT = Pattern.compile("(?i)(?:.*[,\\s])?timeout\\s*=\\s*(\\d{1,6})\\b.*");
    /** Servers that close after each answer, by the start of their {@code Server} header. */
    private static final String CLOSING = "netty-socketio/";
    /** How long after the answer such a close may arrive, also on a busy machine. */
    private static final long CLOSING_MILLIS = 100;
    /** How long before the announced time requests are not sent any more: they might arrive too late. */
    private static final long EARLY_MILLIS = 300;
    /** How long after the announced time the close may arrive. */
    private static final long LATE_MILLIS = 400;
    /** How much longer than announced Node's newer versions wait. */
    private static final long NODE_BUFFER_MILLIS = 1_000;

    /**
     * For HTTP clients of users: all clients that share one share its connections. An entry is removed when its HTTP client
     * is garbage collected. Guarded by itself.
     */
    private static final Map<HttpClient, Map<URI, IdleConnections>> SHARED = new WeakHashMap<>();

    private final LongSupplier clockMillis;
    /** For each idle connection about which the server has announced something; the one that is idle for longest first. */
    private final Deque<List<ClosingWindow>> idle = new ArrayDeque<>();

    IdleConnections() {
        this(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    IdleConnections(LongSupplier clockMillis) {
        this.clockMillis = clockMillis;
    }

    /** Those of this HTTP client to this server; the same object each time. */
    static IdleConnections of(HttpClient client, URI server) {
        synchronized (SHARED) {
            return SHARED.computeIfAbsent(client, one -> new HashMap<>())
                    .computeIfAbsent(server, one -> new IdleConnections());
        }
    }

    /** From when until when a connection may be closed, in milliseconds. */
    private record ClosingWindow(long from, long to) {
        boolean at(long millis) {
            return from <= millis && millis < to;
        }
    }

    /** The same handler; the answer's headers about its connection are recorded. */
    <T> BodyHandler<T> watch(BodyHandler<T> handler) {
        return answer -> BodySubscribers.mapping(handler.apply(answer), body -> {
            answered(answer.headers());
            return body;
        });
    }

    synchronized void answered(HttpHeaders headers) {
        var windows = windows(headers, clockMillis.getAsLong());
        if (windows != null) {
            idle.add(windows);
        }
    }

    private static @Nullable List<ClosingWindow> windows(HttpHeaders headers, long now) {
        if (headers.firstValue("server").orElse("").startsWith(CLOSING)) {
            return List.of(new ClosingWindow(now, now + CLOSING_MILLIS));
        }
        var timeout = TIMEOUT.matcher(headers.firstValue("keep-alive").orElse(""));
        if (!timeout.matches()) {
            return null;
        }
        long millis = TimeUnit.SECONDS.toMillis(Long.parseLong(timeout.group(1)));
        long end = now + millis;
        long early = Math.min(EARLY_MILLIS, millis / 5);
        long late = Math.min(LATE_MILLIS, millis / 5);
        return List.of(
                new ClosingWindow(end - early, end + late),
                new ClosingWindow(end + NODE_BUFFER_MILLIS - early, end + NODE_BUFFER_MILLIS + late));
    }

    /** A request is sent; the JDK's client (as of 25) uses the connection for it that was idle for longest. */
    synchronized void requestSent() {
        removeClosed();
        idle.poll();
    }

    /** How long a request should wait; 0 nearly always. */
    synchronized long remainingMillis() {
        removeClosed();
        long now = clockMillis.getAsLong();
        return idle.stream()
                .flatMap(List::stream)
                .filter(window -> window.at(now))
                .mapToLong(window -> window.to() - now)
                .max()
                .orElse(0);
    }

    private void removeClosed() {
        long now = clockMillis.getAsLong();
        idle.removeIf(windows -> windows.get(windows.size() - 1).to() <= now);
    }
}
