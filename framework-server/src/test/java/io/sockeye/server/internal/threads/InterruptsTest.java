package io.sockeye.server.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.server.ServerBuilder;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterruptsTest {
    private final Interrupts interrupts = new Interrupts();
    private final ServerContext context = new ServerContext(
            new ServerBuilder().onError((error, where) -> {}).settings, HandlerExecutor.of(Runnable::run, null));

    @AfterEach
    void forget() {
        boolean left = Thread.interrupted();
        assertThat(Thread.currentThread().isInterrupted()).as("after %s", left).isFalse();
    }

    @Test
    void whatOneHandlerLeavesIsForgotten() {
        Thread.currentThread().interrupt();
        interrupts.forget(null);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whatTheStopOfTheServerMeansForAllStays() {
        interrupts.keep();
        Thread.currentThread().interrupt();
        interrupts.forget(null);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        Thread.interrupted();
        interrupts.forget(null);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whatTheEndOfTheUsersExecutorMeansForAllStaysThere() {
        var executor = Executors.newSingleThreadExecutor();
        Thread.currentThread().interrupt();
        interrupts.forget(executor);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        executor.shutdownNow();
        Thread.currentThread().interrupt();
        interrupts.forget(executor);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        interrupts.forget(Runnable::run);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** The executor that has ended is another one than that which runs the handler. */
    @Test
    void aHandlerIsJudgedByItsOwnExecutor() {
        var ended = new DirectExecutor();
        var usual = context.mailbox(null);
        var other = context.mailbox(ended);
        ended.ended = true;
        usual.post(() -> context.calls().guard(() -> Thread.currentThread().interrupt(), () -> "first"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        other.post(() -> context.calls().guard(() -> Thread.currentThread().interrupt(), () -> "second"));
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void aHandlerThatThrowsThatItWasInterruptedDoesNotInterruptTheNext() {
        context.calls()
                .guard(
                        () -> {
                            throw new InterruptedException();
                        },
                        () -> "first");
        var seen = new boolean[1];
        context.calls().guard(() -> seen[0] = Thread.currentThread().isInterrupted(), () -> "second");
        assertThat(seen[0]).isFalse();
    }

    @Test
    void theUsersOwnThreadStaysInterrupted() {
        Thread.currentThread().interrupt();
        context.calls().guardAnywhere(() -> {}, () -> "on the caller's thread", error -> {});
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    /** Runs tasks on the caller's thread, also when it was shut down. */
    private static final class DirectExecutor extends AbstractExecutorService {
        private boolean ended;

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public boolean isShutdown() {
            return ended;
        }

        @Override
        public void shutdown() {
            ended = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            ended = true;
            return List.of();
        }

        @Override
        public boolean isTerminated() {
            return ended;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return ended;
        }
    }
}
