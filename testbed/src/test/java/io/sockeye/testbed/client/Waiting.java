package io.sockeye.testbed.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;

/** Waits that end at once when what is waited for has come, and fail when it does not come. */
public final class Waiting {
    public static final int MAX_SECONDS = 20;
    private static final long PAUSE_NANOS = 5_000_000;

    private Waiting() {}

    public static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T taken = queue.poll(MAX_SECONDS, SECONDS);
        assertThat(taken).as("arrives within %d s", MAX_SECONDS).isNotNull();
        return taken;
    }

    public static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(MAX_SECONDS, SECONDS);
    }

    /** What the future fails with. */
    public static Throwable failure(CompletableFuture<?> future) {
        return Assertions.catchThrowable(() -> future.get(MAX_SECONDS, SECONDS)).getCause();
    }

    public static void connect(Socket socket) throws Exception {
        get(socket.connect());
    }

    public static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + SECONDS.toNanos(MAX_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("comes true within %d s", MAX_SECONDS)
                    .isLessThan(end);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
