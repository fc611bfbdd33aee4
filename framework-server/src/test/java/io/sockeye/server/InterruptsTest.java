package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterruptsTest {
    private final Interrupts interrupts = new Interrupts();
    private final ServerContext context = new ServerContext(
            SocketServer.builder().onError((error, where) -> {}), HandlerExecutor.of(Runnable::run, null));

    @AfterEach
    void forget() {
        boolean left = Thread.interrupted();
        assertThat(Thread.currentThread().isInterrupted()).as("after %s", left).isFalse();
    }

    @Test
    void whatOneHandlerLeavesIsForgotten() {
        Thread.currentThread().interrupt();
        interrupts.forget();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whatTheStopOfTheServerMeansForAllStays() {
        interrupts.keep();
        Thread.currentThread().interrupt();
        interrupts.forget();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        Thread.interrupted();
        interrupts.forget();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whatTheEndOfTheUsersExecutorMeansForAllStays() {
        var executor = Executors.newSingleThreadExecutor();
        interrupts.mayCome(executor);
        interrupts.mayCome(Runnable::run);
        Thread.currentThread().interrupt();
        interrupts.forget();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        executor.shutdownNow();
        Thread.currentThread().interrupt();
        interrupts.forget();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void aHandlerThatThrowsThatItWasInterruptedDoesNotInterruptTheNext() {
        context.guard(
                () -> {
                    throw new InterruptedException();
                },
                () -> "first");
        var seen = new boolean[1];
        context.guard(() -> seen[0] = Thread.currentThread().isInterrupted(), () -> "second");
        assertThat(seen[0]).isFalse();
    }

    @Test
    void theUsersOwnThreadStaysInterrupted() {
        Thread.currentThread().interrupt();
        context.guardAnywhere(() -> {}, () -> "on the caller's thread", error -> {});
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
