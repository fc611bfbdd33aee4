package io.sockeye.server.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final Deadlines deadlines = new Deadlines();
    private final List<String> due = new ArrayList<>();

    @Test
    void isDueFromItsTimeOn() {
        named("a").set(100);
        deadlines.run(99);
        assertThat(due).isEmpty();
        deadlines.run(100);
        assertThat(due).containsExactly("a at 100");
    }

    @Test
    void isDueOnce() {
        named("a").set(100);
        deadlines.run(200);
        deadlines.run(300);
        assertThat(due).containsExactly("a at 200");
    }

    @Test
    void runsInTheOrderOfTime() {
        named("late").set(30);
        named("early").set(10);
        named("middle").set(20);
        deadlines.run(30);
        assertThat(due).containsExactly("early at 30", "middle at 30", "late at 30");
    }

    @Test
    void severalMayBeDueAtTheSameTime() {
        named("a").set(10);
        named("b").set(10);
        deadlines.run(10);
        assertThat(due).containsExactly("a at 10", "b at 10");
    }

    @Test
    void mayBeMoved() {
        var deadline = named("a");
        deadline.set(10);
        deadline.set(30);
        deadlines.run(20);
        assertThat(due).isEmpty();
        deadline.set(25);
        deadlines.run(25);
        assertThat(due).containsExactly("a at 25");
    }

    @Test
    void maxValueCancels() {
        var deadline = named("a");
        deadline.set(10);
        deadline.set(Long.MAX_VALUE);
        deadlines.run(Long.MAX_VALUE);
        assertThat(due).isEmpty();
    }

    @Test
    void bringForwardNeverPostpones() {
        var deadline = named("a");
        deadline.bringForward(20);
        deadline.bringForward(30);
        deadlines.run(19);
        assertThat(due).isEmpty();
        deadline.bringForward(10);
        deadlines.run(19);
        assertThat(due).containsExactly("a at 19");
    }

    @Test
    void anActionMaySetItsDeadlineAgain() {
        var holder = new Deadlines.Deadline[1];
        holder[0] = deadlines.create(now -> {
            due.add("at " + now);
            holder[0].set(now + 10);
        });
        holder[0].set(10);
        deadlines.run(10);
        deadlines.run(15);
        deadlines.run(20);
        assertThat(due).containsExactly("at 10", "at 20");
    }

    @Test
    void anActionMayCancelAnotherThatIsDueAsWell() {
        var second = named("second");
        var first = deadlines.create(now -> second.set(Long.MAX_VALUE));
        first.set(10);
        second.set(11);
        deadlines.run(20);
        assertThat(due).isEmpty();
    }

    private Deadlines.Deadline named(String name) {
        return deadlines.create(now -> due.add(name + " at " + now));
    }
}
