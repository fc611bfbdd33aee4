package io.sockeye.client.internal.http;

import io.sockeye.client.internal.transport.TransportOwner;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that a WebSocket has ended where the JDK does not tell: if its HTTP client handles a message on another thread
 * than the one that reads, an end that follows right behind that message may be lost (with 17 as well as 25), and nothing
 * would be heard of it until the server's next ping is overdue. So when nothing has come behind a message for a moment, a
 * WebSocket ping is sent: a pong shows that all was well until then, and on a connection that has ended sending fails. As an
 * end may be lost behind the pong as well, another ping follows after a pause, and so on; pauses double, so that a silent
 * connection costs little. Servers that do not answer pings are left alone. Owned by the session's thread.
 */
final class EndProbe {
    /** Between two looks at what came. A ping leaves once there was nothing from one look to the next. */
    static final long PAUSE_MILLIS = 1_000;
    /** The first one makes the server's machine reset the connection; the JDK tells that when the third one is sent. */
    static final int MAX_PINGS = 4;
    /** Between a pong and the next ping at most. */
    static final long MAX_PAUSE_MILLIS = 16_000;

    private final TransportOwner owner;
    private final Consumer<Throwable> ended;

    /** The connection, since something came behind which nothing is known; else null. */
    private @Nullable WebSocket doubtful;
    /** The number of the look that is to come, if one is; those that were planned before it are void. */
    private long look;
    /** Whether a look comes within the usual time. */
    private boolean watching;
    /** Whether something has come since the last look. */
    private boolean fresh;
    /** How many were sent since something came. */
    private int pings;
    /** Before the next look while no ping is unanswered. */
    private long pauseMillis = PAUSE_MILLIS;
    /** The last one; done once it was sent. */
    private CompletableFuture<?> ping = CompletableFuture.completedFuture(null);

    /** @param ended is told why the connection is of no use */
    EndProbe(TransportOwner owner, Consumer<Throwable> ended) {
        this.owner = owner;
        this.ended = ended;
    }

    /** A message came, or a ping of the server's. */
    void heard(WebSocket from) {
        doubtful = from;
        fresh = true;
        pings = 0;
        pauseMillis = PAUSE_MILLIS;
        if (!watching) {
            watch(PAUSE_MILLIS);
        }
    }

    /** A pong came: the connection was read until now. */
    void answered() {
        if (doubtful != null && pings > 0) {
            pings = 0;
            pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
            watch(pauseMillis);
        }
    }

    /** The transport is closed. */
    void stop() {
        doubtful = null;
    }

    private void watch(long delayMillis) {
        long number = ++look;
        watching = delayMillis == PAUSE_MILLIS;
        owner.executeLater(() -> look(number), delayMillis);
    }

    private void look(long number) {
        if (number != look) {
            return;
        }
        watching = false;
        if (doubtful == null) {
            return;
        }
        boolean silent = !fresh;
        fresh = false;
        if (silent && ping.isDone()) { // Else much waits to be sent, and fails if the connection has ended.
            pings++;
            ping = doubtful.sendPing(ByteBuffer.allocate(0));
            ping.whenComplete((sent, failure) -> {
                if (failure != null) {
                    owner.execute(() -> ended.accept(failure));
                }
            });
        }
        if (pings < MAX_PINGS) {
            watch(PAUSE_MILLIS);
        }
    }
}
