package io.sockeye.client.http;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.TimeUnit;

/**
 * Keeps requests off connections that are about to be closed. netty-socketio (2.0.14) says {@code Connection: keep-alive} and
 * closes the connection behind each answer: who asks again at once asks on the dying one, and loses the session with it. A
 * moment later the HTTP client has seen the end and takes a new connection. Any thread.
 */
final class ClosedConnections {
    /** Servers that do so, by the start of their {@code Server} header. */
    private static final String CLOSING = "netty-socketio/";
    /** In which the end follows an answer also on a busy machine. */
    private static final long PAUSE_MILLIS = 50;

    /** {@link System#nanoTime()} up to which connections may be dying; it has passed before the first such answer. */
    private volatile long end = System.nanoTime();

    /** The same handler, and the server's words are noted. */
    <T> BodyHandler<T> watch(BodyHandler<T> handler) {
        return answer -> {
            note(answer.headers());
            return handler.apply(answer);
        };
    }

    private void note(HttpHeaders headers) {
        if (headers.firstValue("server").orElse("").startsWith(CLOSING)) {
            end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
        }
    }

    /** For how long a request had better wait; 0 for most servers, always. */
    long remainingMillis() {
        long remaining = end - System.nanoTime();
        return remaining <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(remaining) + 1;
    }
}
