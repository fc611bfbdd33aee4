package io.sockeye.server.host;

import io.sockeye.engine.memory.Budget;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What receives HTTP requests for a server: its own one on Netty, or another one that it is attached to. Any thread.
 */
public interface Host {
    /** The loops over which sessions are spread, 1 to 4,096, each at the place of its index; the same in each call. */
    List<? extends Loop> loops();

    /**
     * Hands each request over from now on, on the loop of its exchange; called once. Returns when clients can connect. If it
     * fails, {@link #shutDown} follows.
     *
     * @throws IOException if they cannot
     */
    void start(Handler handler) throws IOException;

    /** Takes no further connections. Those that exist live on, until their sessions have ended. */
    void stopListening();

    /**
     * Ends the loops and closes what is still open, once the loops have done what they were given and all that was sent has
     * left; returns when it is done, or after that time. A host that others use, too, ends no more than what it has for this server.
     */
    void shutDown(Duration timeout);

    /**
     * Waits on the calling thread, which is no loop's, until something is done, however it ends. A host on a clock of its own
     * lets its time pass.
     *
     * @return whether it is done; otherwise that time is over
     */
    default boolean await(CompletableFuture<?> what, Duration timeout) throws InterruptedException {
        return block(what, timeout);
    }

    /** Waits as most hosts do. */
    static boolean block(CompletableFuture<?> what, Duration timeout) throws InterruptedException {
        try {
            what.handle((value, failure) -> true).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where it listens, for people. */
    String address();

    /**
     * The port on which it listens.
     *
     * @throws IllegalStateException if it knows none
     */
    default int port() {
        throw new IllegalStateException("no port is known of " + address());
    }

    /** Takes the requests of a host, on any of its loops. Throws nothing: a bug is told to {@link Exchange#fail}. */
    interface Handler {
        /** Answers the request, now or later. */
        void handle(Exchange exchange);

        /** What a host holds of requests that it has not handed over is charged to this; it need not, if that is little. */
        default Budget memory() {
            return new Budget(Long.MAX_VALUE);
        }

        /** Answers a request that breaks the rules of HTTP with that status, and ends its connection. */
        void refuse(Exchange exchange, int status, String text);
    }
}
