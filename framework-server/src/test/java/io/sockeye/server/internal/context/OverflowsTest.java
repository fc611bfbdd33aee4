package io.sockeye.server.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.DisconnectReason;
import io.sockeye.server.HandServer;
import io.sockeye.server.Overflow;
import io.sockeye.server.internal.threads.Mailbox;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class OverflowsTest {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<Overflow> told = new ArrayList<>();
    private final Overflows overflows = new Overflows(
            told::add,
            new HandServer(1, builder -> builder).core.context().calls(),
            new Mailbox(waiting::add, task -> false));

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            overflows.add(new Overflow(List.of(), DisconnectReason.MEMORY, i, 0));
        }
    }

    private void runAll() {
        for (var task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }

    @Test
    void tellsOfNoMoreThanAThousandThatWait() {
        add(1_200);
        runAll();
        assertThat(told).hasSize(1_000);
        assertThat(told.get(999).inBytes()).isEqualTo(999);
        add(1_200);
        runAll();
        assertThat(told).hasSize(2_000);
    }
}
