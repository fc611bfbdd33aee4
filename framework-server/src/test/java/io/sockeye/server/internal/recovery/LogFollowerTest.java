package io.sockeye.server.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.memory.Budget;
import io.sockeye.json.Json;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogFollowerTest {
    private final Budget budget = new Budget(1_000_000);
    private final LogFollower.Limits limits = limits(100, 100_000);
    private final Log log = new Log();
    private final List<String> done = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();
    private long nowMillis = 1_000;
    private final LogFollower follower = follower(limits);

    private LogFollower.Limits limits(int count, long bytes) {
        return new LogFollower.Limits(Duration.ofSeconds(5), count, bytes, budget);
    }

    private LogFollower follower(LogFollower.Limits chosen) {
        return new LogFollower(log, new Noting(), chosen, () -> nowMillis);
    }

    private final class Noting implements LogFollower.Delivery {
        @Override
        public boolean begin(String offset) {
            done.add("begin " + offset);
            return !offset.equals("0");
        }

        @Override
        public void deliver(String offset, ClusterLog.Entry entry) {
            if (entry.namespace().equals("poison")) {
                throw new IllegalStateException("poison");
            }
            done.add(offset + " " + entry.namespace());
        }

        @Override
        public void report(Throwable failure) {
            reported.add(String.valueOf(failure.getMessage()));
            assertThat(Thread.holdsLock(follower)).isFalse();
        }
    }

    private static ClusterLog.Entry entry(String name) {
        return new ClusterLog.Moved(name, Target.ALL, Set.of("red"), true);
    }

    private void append(String name) {
        follower.append(entry(name), () -> done.add("failed " + name));
    }

    private void otherwise(String name) {
        follower.afterAppended(() -> done.add(name));
    }

    @Test
    void whatIsNotLoggedTakesEffectBehindWhatWasAppendedBefore() {
        follower.start();
        otherwise("at once");
        append("a");
        otherwise("behind a");
        append("b");
        otherwise("behind b");
        log.read("1", entry("foreign"));
        assertThat(done).containsExactly("begin 0", "at once", "1 foreign");
        log.readNext("2");
        assertThat(done).endsWith("2 a", "behind a");
        log.readNext("3");
        otherwise("at once");
        assertThat(done).endsWith("3 b", "behind b", "at once");
    }

    @Test
    void nobodyBeginsBeforeWhatIsOldIsReadButForALimitedTime() {
        log.read = new CompletableFuture<>();
        follower.whenBegun(() -> done.add("early"));
        follower.start();
        log.read("1", entry("old"));
        assertThat(done).containsExactly("begin 0", "1 old");
        log.read.complete(null);
        follower.whenBegun(() -> done.add("late"));
        assertThat(done).endsWith("1 old", "early", "late");
        log.read = new CompletableFuture<>();
        var slow = follower(limits);
        slow.start();
        slow.whenBegun(() -> done.add("waited"));
        slow.expire();
        assertThat(done).doesNotContain("waited");
        nowMillis = 5_001;
        slow.expire();
        assertThat(done).endsWith("waited");
    }

    @Test
    void tellsWhyItIsNotKnownWhetherWhatIsOldWasRead() {
        log.read = CompletableFuture.failedFuture(new IllegalStateException("no connection"));
        follower.whenBegun(() -> done.add("begun"));
        follower.start();
        assertThat(done).containsExactly("begin 0", "begun");
        assertThat(reported).containsExactly("no connection");
    }

    @Test
    void chargesWhatWaits() {
        follower.start();
        append("a");
        assertThat(budget.heldBytes()).isEqualTo(128 + 67);
        append("b");
        otherwise("behind b");
        log.readNext("1");
        assertThat(budget.heldBytes()).isEqualTo(128 + 67);
        log.fail(0);
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void whatCouldNotBeAppendedKeepsItsPlace() {
        follower.start();
        append("a");
        append("b");
        otherwise("behind b");
        log.fail(1);
        assertThat(done).containsExactly("begin 0");
        log.readNext("1");
        assertThat(done).containsExactly("begin 0", "1 a", "failed b", "behind b");
        append("c");
        log.fail(0);
        assertThat(done).endsWith("failed c");
    }

    @Test
    void aLogMayTellAtOnce() {
        follower.start();
        log.tellsAtOnce = true;
        append("a");
        otherwise("behind a");
        assertThat(done).containsExactly("begin 0", "now a", "behind a");
    }

    /** Passes the time, and looks as often as the server does. */
    private void pass(int millis) {
        for (int i = 0; i < millis; i += 100) {
            nowMillis += 100;
            follower.expire();
        }
    }

    @Test
    void aLogThatSaysNothingHoldsUpWhatComesAfterItForALimitedTime() {
        follower.start();
        append("a");
        otherwise("behind a");
        pass(3_000);
        append("b");
        otherwise("behind b");
        pass(2_000);
        assertThat(done).containsExactly("begin 0");
        pass(100);
        assertThat(done).containsExactly("begin 0", "behind a");
        pass(3_000);
        assertThat(done).containsExactly("begin 0", "behind a", "behind b");
        assertThat(reported)
                .containsExactly(
                        "the log of the cluster has neither refused an event nor given it to its reader within PT5S");
        otherwise("at once");
        assertThat(done).endsWith("at once");
    }

    /** Whether it is in the log is known only then; it is neither lost nor done twice. */
    @Test
    void whatIsReadTooLateIsDelivered() {
        follower.start();
        append("a");
        pass(6_000);
        log.readNext("1");
        append("b");
        otherwise("behind b");
        log.readNext("2");
        assertThat(done).containsExactly("begin 0", "1 a", "2 b", "behind b");
        assertThat(reported).hasSize(1);
        append("c");
        pass(6_000);
        log.fail(0);
        assertThat(done).endsWith("2 b", "behind b", "failed c");
        assertThat(reported).hasSize(2);
    }

    @Test
    void whatWaitsIsBoundedInCount() {
        var small = follower(limits(3, 100_000));
        small.start();
        small.append(entry("a"), () -> done.add("failed a"));
        small.afterAppended(() -> done.add("behind a"));
        small.append(entry("b"), () -> done.add("failed b"));
        small.append(entry("c"), () -> done.add("failed c"));
        assertThat(done).containsExactly("begin 0", "behind a");
        small.afterAppended(() -> done.add("behind c"));
        small.afterAppended(() -> done.add("too"));
        assertThat(done).containsExactly("begin 0", "behind a");
        small.afterAppended(() -> done.add("much"));
        assertThat(done).containsExactly("begin 0", "behind a", "behind c", "too", "much");
        assertThat(reported).containsExactly("more waits for the log of the cluster than may: 4 events of 585 bytes");
    }

    @Test
    void whatWaitsIsBoundedInBytes() {
        var small = follower(limits(100, 9_200));
        small.start();
        small.append(entry("a"), () -> done.add("failed a"));
        small.afterAppended(() -> done.add("behind a"));
        assertThat(done).containsExactly("begin 0");
        var arguments = Json.standard().event("big", "x".repeat(9_000));
        small.append(new ClusterLog.Emitted("/", Target.ALL, arguments, false), () -> done.add("failed big"));
        small.afterAppended(() -> done.add("behind big"));
        assertThat(done).containsExactly("begin 0", "behind a");
        assertThat(reported).hasSize(1);
        log.readNext("1");
        log.readNext("2");
        assertThat(done).containsExactly("begin 0", "behind a", "1 a", "2 /", "behind big");
    }

    @Test
    void aLogThatThrowsHasNotTakenIt() {
        follower.start();
        append("a");
        log.throwing = true;
        append("b");
        append("c");
        otherwise("behind c");
        assertThat(done).containsExactly("begin 0");
        log.readNext("1");
        assertThat(done).containsExactly("begin 0", "1 a", "failed b", "failed c", "behind c");
        log.throwing = false;
        assertThat(reported).containsExactly("closed");
        append("d");
        log.readNext("2");
        append("e");
        log.fail(0);
        assertThat(reported).containsExactly("closed", "no connection");
    }

    /** After a gap, what was read and is gone must not hold up the rest for longer than the time. */
    @Test
    void whatWasNeverReadDoesNotKeepTheOthers() {
        follower.start();
        append("a");
        append("b");
        otherwise("behind b");
        log.stages.remove(0).complete(null);
        log.appended.remove(0);
        log.read("begin", entry("foreign"));
        log.readNext("2");
        assertThat(done).containsExactly("begin 0", "begin foreign", "2 b");
        pass(5_100);
        assertThat(done).endsWith("2 b", "behind b");
        append("c");
        otherwise("behind c");
        log.readNext("3");
        assertThat(done).endsWith("3 c", "behind c");
    }

    @Test
    void behindAGapNothingWaitsForWhatWasAppendedBefore() {
        follower.start();
        append("a");
        append("b");
        otherwise("behind b");
        log.begin("7");
        assertThat(done).containsExactly("begin 0", "begin 7", "behind b");
        assertThat(reported)
                .containsExactly(
                        "events are missing in the log of the cluster before \"7\": clients of this server begin anew");
        append("c");
        otherwise("behind c");
        log.readNext("8");
        log.fail(0);
        assertThat(done).endsWith("8 a", "failed b");
        log.readNext("9");
        assertThat(done).endsWith("9 c", "behind c");
        assertThat(follower.size()).isZero();
        assertThat(reported).hasSize(1);
        log.begin("0");
        assertThat(reported).hasSize(1);
    }

    @Test
    void whatCannotBeDeliveredSparesTheReaderAndWhatComesAfterIt() {
        follower.start();
        append("poison");
        otherwise("behind it");
        log.readNext("1");
        assertThat(done).containsExactly("begin 0", "behind it");
        assertThat(reported).containsExactly("poison");
    }

    private static final class Log implements ClusterLog {
        private final List<Entry> appended = new ArrayList<>();
        private final List<CompletableFuture<Void>> stages = new ArrayList<>();
        private @Nullable Reader reader;
        private CompletableFuture<Void> read = CompletableFuture.completedFuture(null);
        private boolean tellsAtOnce;
        private boolean throwing;

        @Override
        public void start(Reader started) {
            reader = started;
            started.begin("0");
        }

        @Override
        public CompletionStage<?> append(Entry entry) {
            if (throwing) {
                throw new IllegalStateException("closed");
            }
            var stage = new CompletableFuture<Void>();
            if (tellsAtOnce) {
                read("now", entry);
            } else {
                appended.add(entry);
                stages.add(stage);
            }
            return stage;
        }

        void begin(String offset) {
            Objects.requireNonNull(reader).begin(offset);
        }

        void read(String offset, Entry entry) {
            Objects.requireNonNull(reader).read(offset, entry);
        }

        void readNext(String offset) {
            stages.remove(0).complete(null);
            read(offset, appended.remove(0));
        }

        void fail(int index) {
            appended.remove(index);
            stages.remove(index).completeExceptionally(new IllegalStateException("no connection"));
        }

        @Override
        public CompletionStage<?> caughtUp() {
            return read;
        }
    }
}
