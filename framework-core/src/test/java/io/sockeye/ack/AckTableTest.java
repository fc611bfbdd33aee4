package io.sockeye.ack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.json.Json;
import io.sockeye.json.JsonArray;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AckTableTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final JsonArray ANSWER = Json.standard().array("ok");

    private final AckTable table = new AckTable();
    private final List<String> calls = new ArrayList<>();

    @Test
    void passesAnAnswerOnOnce() {
        table.add(1, NEVER, pending("a"));
        assertThat(table.complete(2, ANSWER)).isFalse();
        assertThat(table.complete(1, ANSWER)).isTrue();
        assertThat(table.complete(1, ANSWER)).isFalse();
        table.close();
        assertThat(calls).containsExactly("a answered [\"ok\"]");
    }

    @Test
    void forgetsOneWithoutAWord() {
        table.add(1, 10, pending("a"));
        assertThat(table.remove(1)).isTrue();
        assertThat(table.remove(1)).isFalse();
        assertThat(table.nextDeadlineMillis()).isEqualTo(NEVER);
        assertThat(table.size()).isZero();
        table.close();
        assertThat(calls).isEmpty();
    }

    @Test
    void givesUpInTheOrderOfDeadlines() {
        table.add(1, 30, pending("a"));
        table.add(2, 10, pending("b"));
        table.add(3, 20, pending("c"));
        table.add(4, NEVER, pending("d"));
        assertThat(table.nextDeadlineMillis()).isEqualTo(10);
        table.expire(9);
        assertThat(calls).isEmpty();
        table.expire(20);
        assertThat(calls).containsExactly("b timed out", "c timed out");
        assertThat(table.nextDeadlineMillis()).isEqualTo(30);
        assertThat(table.complete(2, ANSWER)).isFalse();
        assertThat(table.complete(1, ANSWER)).isTrue();
        assertThat(table.nextDeadlineMillis()).isEqualTo(NEVER);
        table.expire(NEVER);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void tellsAllThatThePeerIsGone() {
        table.add(1, 10, pending("a"));
        table.add(2, NEVER, pending("b"));
        table.close();
        table.close();
        table.expire(100);
        table.add(3, NEVER, pending("late"));
        assertThat(calls).containsExactlyInAnyOrder("a disconnected", "b disconnected", "late disconnected");
        assertThat(table.size()).isZero();
        assertThat(table.complete(3, ANSWER)).isFalse();
    }

    @Test
    void letsCallbacksAddWhileItExpires() {
        table.add(1, 10, new Recorder("a") {
            @Override
            public void timedOut() {
                super.timedOut();
                table.add(3, 10, pending("c"));
                table.complete(2, ANSWER);
            }
        });
        table.add(2, 10, pending("b"));
        table.expire(10);
        assertThat(calls).containsExactly("a timed out", "b answered [\"ok\"]");
        table.expire(10);
        assertThat(calls).last().isEqualTo("c timed out");
        assertThat(table.size()).isZero();
    }

    @Test
    void letsCallbacksAddAndCloseWhileItCloses() {
        table.add(1, 5, new Recorder("a") {
            @Override
            public void disconnected() {
                super.disconnected();
                table.add(2, NEVER, pending("b"));
                table.close();
            }
        });
        table.add(3, 5, pending("c"));
        table.close();
        assertThat(calls).containsExactlyInAnyOrder("a disconnected", "b disconnected", "c disconnected");
    }

    @Test
    void keepsTheOthersWhenOneThrows() {
        table.add(1, 10, new Recorder("a") {
            @Override
            public void timedOut() {
                throw new IllegalStateException("a");
            }
        });
        table.add(2, 10, pending("b"));
        assertThatThrownBy(() -> table.expire(10)).hasMessage("a");
        table.expire(10);
        assertThat(calls).containsExactly("b timed out");
    }

    @Test
    void refusesAnIdThatIsTaken() {
        table.add(1, 10, pending("a"));
        assertThatThrownBy(() -> table.add(1, 20, pending("b"))).isInstanceOf(IllegalArgumentException.class);
        table.expire(20);
        assertThat(calls).containsExactly("a timed out");
        table.add(1, 30, pending("c"));
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void forgetsWhatIsCompleteBeforeItsDeadline() {
        var reference = new WeakReference<>(addAndComplete());
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(reference.get()).isNull();
        assertThat(table.nextDeadlineMillis()).isEqualTo(NEVER);
    }

    private PendingAck addAndComplete() {
        PendingAck pending = new Recorder("a");
        table.add(1, 1_000_000, pending);
        table.complete(1, ANSWER);
        return pending;
    }

    private PendingAck pending(String name) {
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
