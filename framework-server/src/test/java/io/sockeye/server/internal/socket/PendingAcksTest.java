package io.sockeye.server.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.ack.PendingAck;
import io.sockeye.json.Json;
import io.sockeye.json.JsonArray;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.internal.threads.Deadlines;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingAcksTest {
    private static final long NEVER = Long.MAX_VALUE;

    private final Deadlines deadlines = new Deadlines();
    private final List<String> calls = new ArrayList<>();
    private final List<Boolean> any = new ArrayList<>();
    private int counted;
    private final PendingAcks acks = new PendingAcks(deadlines, this::anyChanged, count -> counted = count);

    private void anyChanged() {
        any.add(acks.any());
    }

    @Test
    void tellsWhenTheFirstIsOwedAndTheLastIsNotAnyMore() {
        acks.add(1, 100, named("a"));
        acks.add(2, 200, named("b"));
        acks.receive(answer(1));
        assertThat(any).containsExactly(true);
        deadlines.run(200);
        assertThat(any).containsExactly(true, false);
        acks.add(3, NEVER, named("c"));
        acks.close();
        acks.close();
        assertThat(any).containsExactly(true, false, true, false);
    }

    @Test
    void tellsHowManyAreOwed() {
        acks.add(1, 100, named("a"));
        acks.add(2, NEVER, named("b"));
        assertThat(counted).isEqualTo(2);
        deadlines.run(100);
        assertThat(counted).isEqualTo(1);
        acks.close();
        assertThat(counted).isZero();
    }

    @Test
    void anAnswerEndsTheWaiting() {
        acks.add(1, 100, named("a"));
        acks.receive(answer(1));
        acks.receive(answer(1));
        deadlines.run(1_000);
        acks.close();
        assertThat(calls).containsExactly("a answered [\"yes\"]");
    }

    @Test
    void eachTimesOutAtItsOwnTime() {
        acks.add(1, 300, named("a"));
        acks.add(2, 100, named("b"));
        acks.add(3, 200, named("c"));
        acks.add(4, NEVER, named("d"));
        deadlines.run(99);
        assertThat(calls).isEmpty();
        deadlines.run(100);
        deadlines.run(200);
        deadlines.run(10_000);
        assertThat(calls).containsExactly("b timed out", "c timed out", "a timed out");
    }

    @Test
    void aLateAnswerIsIgnored() {
        acks.add(1, 100, named("a"));
        deadlines.run(100);
        acks.receive(answer(1));
        acks.receive(answer(77));
        assertThat(calls).containsExactly("a timed out");
    }

    @Test
    void whoIsGoneOwesNothing() {
        acks.add(1, 100, named("a"));
        acks.add(2, NEVER, named("b"));
        acks.close();
        acks.close();
        deadlines.run(1_000);
        acks.receive(answer(2));
        assertThat(calls).containsExactlyInAnyOrder("a disconnected", "b disconnected");
    }

    @Test
    void whoWaitsMayAskAgain() {
        acks.add(1, 100, new Recorder("a") {
            @Override
            public void timedOut() {
                super.timedOut();
                acks.add(2, 200, named("again"));
            }
        });
        deadlines.run(100);
        deadlines.run(200);
        assertThat(calls).containsExactly("a timed out", "again timed out");
    }

    private static SocketPacket.Ack answer(long id) {
        return new SocketPacket.Ack("/", id, Json.standard().array("yes"));
    }

    private PendingAck named(String name) {
        return new Recorder(name);
    }

    private class Recorder implements PendingAck {
        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public void answered(JsonArray arguments) {
            calls.add(name + " answered " + arguments.raw().utf8());
        }

        @Override
        public void timedOut() {
            calls.add(name + " timed out");
        }

        @Override
        public void disconnected() {
            calls.add(name + " disconnected");
        }
    }
}
