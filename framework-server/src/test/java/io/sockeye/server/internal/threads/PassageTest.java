package io.sockeye.server.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class PassageTest {
    private final HandlerGate gate = new HandlerGate(1_000_000, 1);
    private final List<String> ran = new ArrayList<>();
    /** What the loop was given. */
    private final List<Runnable> posted = new ArrayList<>();

    private boolean loopHasEnded;

    private final Passage.ClientLoop loop = new Passage.ClientLoop() {
        @Override
        public void run(Runnable task, Runnable dropped) {
            if (loopHasEnded) {
                dropped.run();
            } else {
                posted.add(task);
            }
        }

        @Override
        public void runSoon(Runnable task, Runnable dropped) {
            run(task, dropped);
        }

        @Override
        public Object client() {
            return this;
        }
    };

    private Mailbox mailbox() {
        return mailbox(Runnable::run);
    }

    private Mailbox mailbox(Executor offLoop) {
        return new Mailbox(Runnable::run, task -> false, null, new Passage(gate, loop, offLoop));
    }

    private HandlerTask task(String name, long weight, Runnable meanwhile) {
        Runnable act = () -> {
            meanwhile.run();
            ran.add(name);
        };
        return HandlerTask.ofWeight(weight, act, () -> ran.add("done " + name));
    }

    private HandlerTask heavy(String name) {
        return task(name, 900_000, () -> {});
    }

    @Test
    void whoLeavesDoesNotRunTheTasksOfOthers() {
        var other = mailbox();
        mailbox().post(task("first", 900_000, () -> other.post(heavy("other"))));
        assertThat(ran).containsExactly("first", "done first");
        posted.remove(0).run();
        assertThat(ran).containsExactly("first", "done first", "other", "done other");
        assertThat(gate.nonePaused()).isCompleted();
    }

    @Test
    void lightTasksDoNotAsk() {
        var other = mailbox();
        mailbox().post(task("first", 900_000, () -> other.post(task("light", 64 << 10, () -> {}))));
        assertThat(ran).containsExactly("light", "done light", "first", "done first");
        assertThat(posted).isEmpty();
    }

    /** As the user's executor would run it, where handlers of this client never ran before. */
    @Test
    void doesNotRunTasksOnTheLoop() {
        var offLoop = new ArrayList<Runnable>();
        var other = mailbox(offLoop::add);
        mailbox().post(task("first", 900_000, () -> other.post(heavy("other"))));
        posted.remove(0).run();
        assertThat(ran).containsExactly("first", "done first");
        offLoop.remove(0).run();
        assertThat(ran).containsExactly("first", "done first", "other", "done other");
    }

    @Test
    void dropsWhatWasPausedWhereTheLoopHasEnded() {
        loopHasEnded = true;
        var mailbox = mailbox();
        mailbox.post(task("long", 50_000_000, () -> mailbox.post(heavy("next"))));
        assertThat(ran).containsExactly("long", "done long", "done next");
        assertThat(gate.nonePaused()).isCompleted();
    }

    @Test
    void dropsWhatWaitsWhereTheLoopHasEnded() {
        var other = mailbox();
        mailbox().post(task("first", 900_000, () -> {
            other.post(heavy("other"));
            other.post(heavy("next"));
            loopHasEnded = true;
        }));
        assertThat(ran).containsExactly("first", "done first", "done other", "done next");
        assertThat(gate.nonePaused()).isCompleted();
        mailbox().post(heavy("later"));
        assertThat(ran).endsWith("later", "done later");
    }

    @Test
    void leavesTheGateIfItsTaskIsDroppedOnceItWasLetIn() {
        var other = mailbox();
        mailbox().post(task("first", 900_000, () -> other.post(heavy("other"))));
        other.discard();
        posted.remove(0).run();
        assertThat(ran).containsExactly("first", "done first", "done other");
        mailbox().post(heavy("later"));
        assertThat(ran).endsWith("later", "done later");
        assertThat(gate.nonePaused()).isCompleted();
    }

    @Test
    void goesOnIfItsTaskIsDroppedWhileItWaits() {
        var other = mailbox();
        mailbox().post(task("first", 900_000, () -> {
            other.post(heavy("other"));
            other.post(HandlerTask.of(() -> ran.add("end"), () -> {}, false));
            other.discard();
            posted.remove(0).run();
        }));
        assertThat(ran).containsExactly("done other", "end", "first", "done first");
        assertThat(posted).isEmpty();
        assertThat(gate.nonePaused()).isCompleted();
    }
}
