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
 * Receives HTTP requests for a server: Sockeye's own on Netty, or another one that the server is attached to. Any
 * thread.
 */
public interface Host {
    /**
     * The loops to which sessions are distributed, 1 to 4,096, each at the place of its index; the same in each call.
     */
    List<? extends Loop> loops();

    /**
     * Passes each request to the handler from now on, on the loop of its exchange; called once. Returns when clients
     * can connect. If it fails, {@link #shutDown} follows.
     *
     * @throws IOException if clients cannot connect
     */
    void start(Handler handler) throws IOException;

    /** Accepts no further connections. Those that exist stay open until their sessions have ended. */
    void stopListening();

    /**
     * Ends the loops and closes open connections, once the loops have run their tasks and everything written is sent;
     * returns when that is done, or after the timeout. A host that has other users ends only what belongs to this
     * server.
     */
    void shutDown(Duration timeout);

    /**
     * Waits on the calling thread, which must not be a loop's, until the future completes in any way. A host with a
     * virtual clock advances it meanwhile.
     *
     * @return false if the timeout passed before
     */
    default boolean await(CompletableFuture<?> what, Duration timeout) throws InterruptedException {
        return block(what, timeout);
    }

    /** The default of {@link #await}: blocks the thread. */
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

    /** The address on which it listens, for the log. */
    String address();

    /**
     * The port on which it listens.
     *
     * @throws IllegalStateException if it has none
     */
    default int port() {
        throw new IllegalStateException("no port is known of " + address());
    }

    /**
     * Handles the requests of a host, on any of its loops. Throws nothing: failures are passed to {@link
     * Exchange#fail}.
     */
    interface Handler {
        /** Answers the request, now or later. */
        void handle(Exchange exchange);

        /**
         * The budget to which a host charges the requests that it has not passed on; one that holds little need not.
         */
        default Budget memory() {
            return new Budget(Long.MAX_VALUE);
        }

        /** Answers a request that breaks the rules of HTTP with that status, and ends its connection. */
        void refuse(Exchange exchange, int status, String text);
    }
}
