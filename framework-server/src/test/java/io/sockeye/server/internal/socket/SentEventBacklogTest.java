package io.sockeye.server.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.memory.Budget;
import io.sockeye.json.Json;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.server.ServerBuilder;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentEventBacklogTest {
    /** ["e"], and 2["e"] with 64 bytes besides. */
    private static final long BYTES = 5 + 6 + 64;

    private final ServerContext context =
            new ServerContext(new ServerBuilder().settings, HandlerExecutor.of(Runnable::run, Runnable::run));
    private final Budget budget = new Budget(1_000_000);
    private final SentEventBacklog overheard = new SentEventBacklog(5 * BYTES, budget);
    private final List<String> reports = new ArrayList<>();

    private Outgoing event(Object... args) {
        var arguments = Json.standard().array(args);
        return Outgoing.of(new SocketPacket.Event("/", SocketPacket.NO_ACK, arguments), Flags.NONE, context);
    }

    private boolean add(Outgoing event) {
        return overheard.add(event, () -> reports.add("too many"));
    }

    @Test
    void aboveTheLimitNothingMoreWaitsUntilHalfIsDone() {
        var events = List.of(event("e"), event("e"), event("e"), event("e"), event("e"));
        assertThat(events).allMatch(this::add);
        assertThat(add(event("e"))).isFalse();
        assertThat(budget.heldBytes()).isEqualTo(5 * BYTES);
        overheard.remove(events.get(0));
        overheard.remove(events.get(1));
        assertThat(add(event("e"))).isFalse();
        overheard.remove(events.get(2));
        assertThat(add(event("e"))).isTrue();
        assertThat(reports).containsExactly("too many");
        assertThat(add(event("e", "x".repeat(300)))).isFalse();
        assertThat(reports).hasSize(2);
    }

    @Test
    void aloneAnEventMayBeLargerThanTheLimit() {
        var large = event("e", "x".repeat(1_000));
        assertThat(add(large)).isTrue();
        assertThat(add(event("e"))).isFalse();
        overheard.remove(large);
        assertThat(add(event("e"))).isTrue();
    }
}
