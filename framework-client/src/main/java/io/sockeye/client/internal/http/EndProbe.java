package io.sockeye.client.internal.http;

import io.sockeye.client.internal.transport.TransportOwner;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Detects the end of a WebSocket where the JDK does not report it. If the JDK's HTTP client handles a message on another
 * thread than the one that reads, an end that follows right after the message may be lost (observed with JDK 17 and 25),
 * and the client would notice it only when the server's next ping is overdue. So when nothing has followed a message for a
 * moment, a WebSocket ping is sent: a pong proves that the connection was alive, and on one that has ended sending fails.
 * An end may be lost after the pong as well, so another ping follows, and so on; pauses double, so that a silent connection
 * costs little. Servers that do not answer pings get no more of them. Owned by the session's thread.
 */
final class EndProbe {
    /** Between two checks. A ping is sent if nothing has arrived from one check to the next. */
    static final long PAUSE_MILLIS = 1_000;
    /**
     * How many stay unanswered at most. If the connection has ended, the first one provokes a reset, which the JDK reports
     * when the third one is sent.
     */
    static final int MAX_PINGS = 4;
    /** The longest pause between a pong and the next ping. */
    static final long MAX_PAUSE_MILLIS = 16_000;

    private final TransportOwner owner;
    private final Consumer<Throwable> ended;

    /** The connection, from the first message on; null before and once the transport is closed. */
    private @Nullable WebSocket socket;
    /** The number of the next check; those that were scheduled before are void. */
    private long checkNumber;
    /** Whether a check is due after {@link #PAUSE_MILLIS}, rather than after a longer pause. */
    private boolean checkingSoon;
    /** Whether something has arrived since the last check. */
    private boolean received;
    /** How many pings were sent since something arrived. */
    private int pings;
    /** The pause before the next check while no ping is unanswered. */
    private long pauseMillis = PAUSE_MILLIS;
    /** The last ping; done once it was sent. */
    private CompletableFuture<?> ping = CompletableFuture.completedFuture(null);

    /** @param ended gets the failure of a ping: the connection has ended */
    EndProbe(TransportOwner owner, Consumer<Throwable> ended) {
        this.owner = owner;
        this.ended = ended;
    }

    /** A message or a WebSocket ping of the server has arrived. */
    void messageReceived(WebSocket from) {
        socket = from;
        received = true;
        pings = 0;
        pauseMillis = PAUSE_MILLIS;
        if (!checkingSoon) {
            scheduleCheck(PAUSE_MILLIS);
        }
    }

    /** A pong has arrived: the connection was alive. */
    void pongReceived() {
        if (socket != null && pings > 0) {
            pings = 0;
            pauseMillis = Math.min(2 * pauseMillis, MAX_PAUSE_MILLIS);
            scheduleCheck(pauseMillis);
        }
    }

    /** The transport is closed. */
    void stop() {
        socket = null;
    }

    private void scheduleCheck(long delayMillis) {
        long number = ++checkNumber;
        checkingSoon = delayMillis == PAUSE_MILLIS;
        owner.executeLater(() -> check(number), delayMillis);
    }

    private void check(long number) {
        if (number != checkNumber) {
            return;
        }
        checkingSoon = false;
        if (socket == null) {
            return;
        }
        boolean silent = !received;
        received = false;
        if (silent && ping.isDone()) { // Otherwise much waits to be sent, which fails if the connection has ended.
            pings++;
            ping = socket.sendPing(ByteBuffer.allocate(0));
            ping.whenComplete((sent, failure) -> {
                if (failure != null) {
                    owner.execute(() -> ended.accept(failure));
                }
            });
        }
        if (pings < MAX_PINGS) {
            scheduleCheck(PAUSE_MILLIS);
        }
    }
}
