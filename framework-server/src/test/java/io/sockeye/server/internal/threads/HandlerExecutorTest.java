package io.sockeye.server.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.server.ServerBuilder;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class HandlerExecutorTest {
    private final Queue<Runnable> handlers = new ArrayDeque<>();
    private final Queue<Runnable> replies = new ArrayDeque<>();

    @Test
    void completesAnswersOnTheExecutorThatTheUserHasForThem() {
        var both = HandlerExecutor.of(handlers::add, replies::add);
        both.replies().execute(() -> {});
        both.executor().execute(() -> {});
        assertThat(replies).hasSize(1);
        assertThat(handlers).hasSize(1);
    }

    @Test
    void hasAnswersElsewhereAlsoIfHandlersRunOnTheEventLoop() {
        HandlerExecutor.of(HandlerExecutor.EVENT_LOOP, replies::add).replies().execute(() -> {});
        assertThat(replies).hasSize(1);
    }

    @Test
    void completesAnswersOnTheEventLoopWithTheHandlersUnlessTold() {
        var executor = HandlerExecutor.of(HandlerExecutor.EVENT_LOOP, null);
        assertThat(executor.replies()).isSameAs(HandlerExecutor.EVENT_LOOP);
    }

    @Test
    void drawsIdsFromTheUsersSource() {
        var source = new SecureRandom();
        var builder = new ServerBuilder().random(source).replyExecutor(replies::add);
        var context =
                new ServerContext(builder.settings, HandlerExecutor.of(handlers::add, builder.settings.replyExecutor));
        assertThat(context.random()).isSameAs(source);
    }

    @Test
    void withoutVirtualThreadsHandlersHaveAPoolThatNeitherAdmissionNorRoutesNorAnswersNeed() {
        var executor = HandlerExecutor.ofPools(null, null);
        assertThat(List.of(executor.executor(), executor.admission(), executor.routes()))
                .doesNotHaveDuplicates()
                .allMatch(executor::endsWithServer);
    }

    @Test
    void runsAllOfTheUsersCodeOnHisExecutor() {
        Executor chosen = handlers::add;
        var executor = HandlerExecutor.ofPools(chosen, replies::add);
        assertThat(List.of(executor.executor(), executor.admission(), executor.routes()))
                .containsOnly(chosen);
    }
}
