package io.sockeye.client.http;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that a WebSocket has ended where the JDK does not tell: if its HTTP client handles a message on another thread
 * than the one that reads, an end that follows right behind that message may be lost (with 17 as well as 25), and nothing
 * would be heard of it until the server's next ping is overdue. So when nothing has come behind a message for a moment, a
 * WebSocket ping is sent: a pong shows that all is well, and on a connection that has ended sending fails. Servers that do not
 * answer pings are left alone. Owned by the session's thread.
 */
final class EndProbe {
    /** Between two looks at what came. A ping leaves once there was nothing from one look to the next. */
    static final long PAUSE_MILLIS = 1_000;
    /** The first one makes the server's machine reset the connection; the JDK tells that when the third one is sent. */
    static final int MAX_PINGS = 4;

    private final TransportOwner owner;
    private final Consumer<Throwable> ended;

    /** The connection, since a message came behind which nothing is known; else null. */
    private @Nullable WebSocket doubtful;
    /** Whether a look is due. */
    private boolean watching;
    /** Whether a message has come since the last look. */
    private boolean fresh;
    /** How many were sent since the last message. */
    private int pings;
    /** The last one; done once it was sent. */
    private CompletableFuture<?> ping = CompletableFuture.completedFuture(null);

    /** @param ended is told why the connection is of no use */
    EndProbe(TransportOwner owner, Consumer<Throwable> ended) {
        this.owner = owner;
        this.ended = ended;
    }

    /** A message came. */
    void heard(WebSocket from) {
        doubtful = from;
        fresh = true;
        pings = 0;
        watch();
    }

    /** A pong came: the connection is read. */
    void answered() {
        doubtful = null;
    }

    /** The transport is closed. */
    void stop() {
        doubtful = null;
    }

    private void watch() {
        if (!watching) {
            watching = true;
            owner.executeLater(this::look, PAUSE_MILLIS);
        }
    }

    private void look() {
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
            watch();
        }
    }
}
