package io.sockeye.server.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.memory.Budget;
import io.sockeye.server.internal.http.LogPause;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With so little memory 256 connections may be without a request. */
class RestingConnectionsTest {
    private final List<Integer> closed = new ArrayList<>();
    private final RestingConnections resting = new RestingConnections(new Budget(100_000), 1, new LogPause(), () -> 0);

    private List<WaitingInput.Holder> add(int from, int to) {
        var added = new ArrayList<WaitingInput.Holder>();
        for (int i = from; i < to; i++) {
            int number = i;
            added.add(() -> closed.add(number));
        }
        added.forEach(resting::add);
        return added;
    }

    @Test
    void forOneTooManyTheOneClosesThatHasRestedForTheLongest() {
        add(0, 256);
        assertThat(closed).isEmpty();
        add(256, 258);
        assertThat(closed).containsExactly(0, 1);
    }

    @Test
    void whoHasARequestIsNoneOfThem() {
        var first = add(0, 256);
        resting.remove(first.get(0));
        add(256, 257);
        assertThat(closed).isEmpty();
        resting.add(first.get(0));
        assertThat(closed).containsExactly(1);
        add(257, 258);
        assertThat(closed).containsExactly(1, 2);
    }
}
