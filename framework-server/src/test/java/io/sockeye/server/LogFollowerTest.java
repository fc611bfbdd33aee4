package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogFollowerTest {
    private final Log log = new Log();
    private final List<String> done = new ArrayList<>();
    private final LogFollower follower = new LogFollower(log, new LogFollower.Delivery() {
        @Override
        public void begin(String offset) {
            done.add("begin " + offset);
        }

        @Override
        public void deliver(String offset, ClusterLog.Entry entry) {
            done.add(offset + " " + entry.namespace());
        }
    });

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

    private static final class Log implements ClusterLog {
        private final List<Entry> appended = new ArrayList<>();
        private final List<CompletableFuture<Void>> stages = new ArrayList<>();
        private @Nullable Reader reader;
        private boolean tellsAtOnce;

        @Override
        public void start(Reader started) {
            reader = started;
            started.begin("0");
        }

        @Override
        public CompletionStage<?> append(Entry entry) {
            var stage = new CompletableFuture<Void>();
            if (tellsAtOnce) {
                read("now", entry);
            } else {
                appended.add(entry);
                stages.add(stage);
            }
            return stage;
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
            return CompletableFuture.completedFuture(null);
        }
    }
}
