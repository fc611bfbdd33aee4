package io.sockeye.server.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class HandlerStartsTest {
    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final HandlerStarts starts = new HandlerStarts(loop::add);
    private final List<String> begun = new ArrayList<>();

    private void start(String name) {
        starts.execute(() -> begun.add(name));
    }

    private void turn() {
        loop.remove().run();
    }

    @Test
    void beginsAllOfATurnAtItsEndInOrder() {
        start("a");
        start("b");
        assertThat(begun).isEmpty();
        turn();
        assertThat(begun).containsExactly("a", "b");
        assertThat(loop).isEmpty();
        start("c");
        turn();
        assertThat(begun).containsExactly("a", "b", "c");
    }

    @Test
    void aLongTurnHoldsUpNoMoreThanSixteen() {
        for (int i = 0; i < 16; i++) {
            assertThat(begun).isEmpty();
            start("n");
        }
        assertThat(begun).hasSize(16);
        start("later");
        assertThat(begun).hasSize(16);
        loop.forEach(Runnable::run);
        assertThat(begun).hasSize(17);
    }

    @Test
    void oneThatFailsHoldsUpNoOther() {
        starts.execute(() -> {
            throw new OutOfMemoryError("of the test");
        });
        start("a");
        assertThatThrownBy(this::turn).isInstanceOf(OutOfMemoryError.class);
        turn();
        assertThat(begun).containsExactly("a");
    }

    @Test
    void nothingIsBegunTwice() {
        start("a");
        starts.run();
        turn();
        assertThat(begun).containsExactly("a");
    }
}
