package io.sockeye.server.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextTickTest {
    private final List<String> ran = new ArrayList<>();
    private boolean ended;
    private final NextTick nextTick = new NextTick(() -> ended);

    private void add(String name) {
        nextTick.add(() -> ran.add(name), () -> ran.add("dropped " + name));
    }

    @Test
    void runsWhatWasAddedBefore() {
        add("a");
        nextTick.add(() -> add("c"), () -> {});
        add("b");
        nextTick.run();
        assertThat(ran).containsExactly("a", "b");
        nextTick.run();
        assertThat(ran).containsExactly("a", "b", "c");
    }

    @Test
    void dropsAllOnceTheLoopHasEnded() {
        add("a");
        nextTick.dropIfEnded();
        ended = true;
        nextTick.dropIfEnded();
        add("b");
        assertThat(ran).containsExactly("dropped a", "dropped b");
        nextTick.run();
        assertThat(ran).hasSize(2);
    }
}
