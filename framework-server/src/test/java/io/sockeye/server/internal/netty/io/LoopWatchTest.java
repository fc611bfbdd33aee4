package io.sockeye.server.internal.netty.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopWatchTest {
    private final List<String> out = new ArrayList<>();

    @Test
    void actsUntilThereIsMemoryForIt() {
        var watch = new LoopWatch(() -> {
            out.add("acts");
            if (out.size() < 3) {
                throw new OutOfMemoryError("as planned");
            }
        });
        watch.loopFailed();
        watch.run();
        assertThat(out).containsExactly("acts", "acts", "acts");
    }

    @Test
    void doesNothingIfLoopsAreMeantToEnd() {
        var watch = new LoopWatch(() -> out.add("acts"));
        watch.stop();
        watch.loopFailed();
        watch.run();
        assertThat(out).isEmpty();
    }
}
