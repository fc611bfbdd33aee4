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
 * Knows when the server may close connections that wait for their next request. One that leaves in that moment is lost, and
 * the session with it: neither a poll nor a POST may be sent twice. A moment later the HTTP client has seen the end, and
 * takes another connection. Any thread.
 *
 * <ul>
 *   <li>Node (and Apache) close them after the time that they announce, {@code Keep-Alive: timeout=5}; Node from 22.19 on
 *       a second later. (It announces whole seconds: with others, such as 5.5, a request may still meet the end.)
 *   <li>netty-socketio (2.0.14) announces {@code Connection: keep-alive}, and closes the connection behind each answer.
 * </ul>
 */
final class IdleConnections {
    private static final Pattern TIMEOUT = Pattern.compile("(?i)(?:.*[,\\s])?timeout\\s*=\\s*(\\d{1,6})\\b.*");
    /** Servers that close behind each answer, by the start of their {@code Server} header. */
    private static final String CLOSING = "netty-socketio/";
    /** In which such an end follows an answer also on a busy machine. */
    private static final long CLOSING_MILLIS = 100;
    /** How long before its time a request must leave to arrive in time. */
    private static final long EARLY_MILLIS = 300;
    /** How long after its time the end may arrive. */
    private static final long LATE_MILLIS = 400;
    /** What Node's newer versions add to what they announce. */
    private static final long NODE_BUFFER_MILLIS = 1_000;

    /**
     * Of HTTP clients that users bring: whoever shares one shares its connections, and nothing else knows all of them. An
     * entry goes when its HTTP client does. Guarded by itself.
     */
    private static final Map<HttpClient, Map<URI, IdleConnections>> SHARED = new WeakHashMap<>();

    private final LongSupplier clockMillis;
    /** Of each connection that waits, as far as the server has said something; the one that waits longest first. */
    private final Deque<List<Danger>> idle = new ArrayDeque<>();

    IdleConnections() {
        this(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    IdleConnections(LongSupplier clockMillis) {
        this.clockMillis = clockMillis;
    }

    /** Those of this HTTP client to this server: always the same. */
    static IdleConnections of(HttpClient client, URI server) {
        synchronized (SHARED) {
            return SHARED.computeIfAbsent(client, one -> new HashMap<>())
                    .computeIfAbsent(server, one -> new IdleConnections());
        }
    }

    /** When a connection may be closed; in milliseconds. */
    private record Danger(long from, long to) {
        boolean at(long millis) {
            return from <= millis && millis < to;
        }
    }

    /** The same handler, and what the server says of its connection is noted. */
    <T> BodyHandler<T> watch(BodyHandler<T> handler) {
        return answer -> BodySubscribers.mapping(handler.apply(answer), body -> {
            answered(answer.headers());
            return body;
        });
    }

    synchronized void answered(HttpHeaders headers) {
        var dangers = dangers(headers, clockMillis.getAsLong());
        if (dangers != null) {
            idle.add(dangers);
        }
    }

    private static @Nullable List<Danger> dangers(HttpHeaders headers, long now) {
        if (headers.firstValue("server").orElse("").startsWith(CLOSING)) {
            return List.of(new Danger(now, now + CLOSING_MILLIS));
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
                new Danger(end - early, end + late),
                new Danger(end + NODE_BUFFER_MILLIS - early, end + NODE_BUFFER_MILLIS + late));
    }

    /** A request leaves; the JDK's client (by the source of 25) takes the connection for it that has waited longest. */
    synchronized void sent() {
        forgetEnded();
        idle.poll();
    }

    /** For how long a request had better wait; 0 nearly always. */
    synchronized long remainingMillis() {
        forgetEnded();
        long now = clockMillis.getAsLong();
        return idle.stream()
                .flatMap(List::stream)
                .filter(danger -> danger.at(now))
                .mapToLong(danger -> danger.to() - now)
                .max()
                .orElse(0);
    }

    private void forgetEnded() {
        long now = clockMillis.getAsLong();
        idle.removeIf(dangers -> dangers.get(dangers.size() - 1).to() <= now);
    }
}
