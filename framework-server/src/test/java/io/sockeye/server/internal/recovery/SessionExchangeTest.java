package io.sockeye.server.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.HandLoop;
import io.sockeye.server.Sockets;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.SessionClaim;
import io.sockeye.server.adapter.SessionStore;
import io.sockeye.server.adapter.SharedRecovery;
import io.sockeye.server.adapter.StoredSession;
import io.sockeye.server.internal.connection.ServerCore;
import io.sockeye.server.internal.connection.Shard;
import io.sockeye.server.internal.server.ServerBuilder;
import io.sockeye.server.internal.socket.LocalSocket;
import io.sockeye.server.internal.socket.RecoveryState;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionExchangeTest {
    private static final SessionClaim CLAIM = new SessionClaim("secret", "/", null);
    private static final StoredSession SESSION =
            new StoredSession("secret", "id", "/", Set.of(), Map.of(), "1", null, null, null);

    private final List<String> reported = new ArrayList<>();
    private final Shared shared = new Shared();
    private final ServerCore core = new ServerCore(
            new ServerBuilder()
                    .connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1)))
                    .onError((error, where) -> reported.add(String.valueOf(error.getMessage())))
                    .settings,
            HandlerExecutor.of(Runnable::run, Runnable::run));
    private final SessionExchange exchange = exchange(core.recovery());

    private SessionExchange exchange(@Nullable Recovery recovery) {
        return new SessionExchange(shared, Objects.requireNonNull(recovery), core.context(), Duration.ofMinutes(1));
    }

    private @Nullable StoredSession take() {
        begin().join();
        var taken = exchange.taken("secret");
        exchange.settled("secret");
        return taken;
    }

    private CompletableFuture<Void> begin() {
        assertThat(exchange.begin("secret")).isNull();
        return exchange.take(CLAIM, session -> true);
    }

    @Test
    void takesASessionOutOfTheStore() {
        shared.sessions.put("secret", SESSION);
        assertThat(take()).isEqualTo(SESSION);
        assertThat(shared.sessions).isEmpty();
    }

    @Test
    void findsNothingWhereNobodyHasTheSession() {
        assertThat(take()).isNull();
    }

    @Test
    void takesASessionThatAServerHadParkedBeforeItWasAskedForIt() {
        shared.whenAsked = () -> shared.sessions.put("secret", SESSION);
        assertThat(take()).isEqualTo(SESSION);
    }

    private HandLoop startTime() {
        var loop = new HandLoop();
        var shard = new Shard(loop, core, core.namespaces());
        core.start(List.of(shard));
        shard.start();
        return loop;
    }

    @Test
    void aSessionThatIsNotParkedInTimeIsKeptHereAndTakenOutWhenItIsParked() {
        var loop = startTime();
        shared.parked = new CompletableFuture<>();
        var told = new ArrayList<String>();
        exchange.park(SESSION, () -> told.add("parked"), () -> {
            told.add("failed");
            keepHere();
        });
        var all = exchange.allParked();
        loop.pass(Duration.ofMillis(4_900));
        assertThat(told).isEmpty();
        assertThat(all).isNotDone();
        loop.pass(Duration.ofMillis(100));
        assertThat(told).containsExactly("failed");
        assertThat(all).isDone();
        assertThat(reported).containsExactly("a session was not parked within PT5S");
        assertThat(exchange.release(CLAIM).join()).isFalse();
        shared.sessions.put("secret", SESSION);
        shared.parked.complete(null);
        assertThat(shared.sessions).isEmpty();
        assertThat(told).containsExactly("failed");
    }

    private void keepHere() {
        var session = new ParkedSession(Sockets.session("id"), Set.of(), new RecoveryState("secret"), 1);
        sessions().park(session, 0);
    }

    private ParkedSessions sessions() {
        return Objects.requireNonNull(core.recovery()).sessions();
    }

    @Test
    void whoIsBackAndLeavesAgainIsNotTakenOutWhenTheFirstParkingEnds() {
        var loop = startTime();
        var first = new CompletableFuture<@Nullable Void>();
        shared.parked = first;
        exchange.park(SESSION, () -> {}, this::keepHere);
        loop.pass(Duration.ofSeconds(5));
        sessions().find("secret", new Finding(), () -> {});
        shared.parked = new CompletableFuture<>();
        exchange.park(SESSION, () -> {}, () -> {});
        sessions().end("secret");
        first.complete(null);
        assertThat(shared.sessions).containsValue(SESSION);
        shared.parked.complete(null);
        assertThat(shared.sessions).containsValue(SESSION);
    }

    @Test
    void whatIsParkedLateByAServerThatStopsIsForOthers() {
        var loop = startTime();
        shared.parked = new CompletableFuture<>();
        exchange.stopping();
        exchange.park(SESSION, () -> {}, this::keepHere);
        loop.pass(Duration.ofSeconds(5));
        shared.parked.complete(null);
        assertThat(shared.sessions).containsValue(SESSION);
    }

    @Test
    void whoWantsASessionThatIsBeingParkedLooksForItAgainThen() {
        startTime();
        shared.parked = new CompletableFuture<>();
        exchange.park(SESSION, () -> {}, () -> {});
        var other = Objects.requireNonNull(exchange.begin("secret"));
        assertThat(other).isNotDone();
        shared.parked.complete(null);
        assertThat(other).isCompleted();
        assertThat(take()).isEqualTo(SESSION);
    }

    @Test
    void othersWaitForWhatIsPutBack() {
        startTime();
        shared.sessions.put("secret", SESSION);
        shared.caughtUp = new CompletableFuture<>();
        begin();
        exchange.close();
        shared.parked = new CompletableFuture<>();
        shared.caughtUp.complete(null);
        var released = exchange.release(CLAIM);
        assertThat(released).isNotDone();
        shared.parked.complete(null);
        assertThat(released).isCompletedWithValue(true);
        assertThat(exchange.size()).isZero();
    }

    @Test
    void aServerThatEndsWhileASessionIsWantedHasNone() {
        shared.sessions.put("secret", SESSION);
        assertThat(exchange.begin("secret")).isNull();
        exchange.close();
        assertThat(exchange.take(CLAIM, session -> true)).isCompleted();
        assertThat(exchange.taken("secret")).isNull();
        assertThat(shared.sessions).containsValue(SESSION);
    }

    @Test
    void whatWasParkedMeanwhileIsNotTakenForThat() {
        var loop = startTime();
        var first = new CompletableFuture<@Nullable Void>();
        shared.parked = first;
        exchange.park(SESSION, () -> {}, () -> {});
        loop.pass(Duration.ofSeconds(5));
        shared.parked = CompletableFuture.completedFuture(null);
        var later = new StoredSession("secret", "id", "/", Set.of(), Map.of(), "2", null, null, null);
        exchange.park(later, () -> {}, () -> {});
        first.complete(null);
        assertThat(shared.sessions).containsValue(later);
        loop.pass(Duration.ofSeconds(5));
        assertThat(reported).hasSize(1);
    }

    @Test
    void aLogThatCannotBeReadInTimeIsAsIfThereWereNoSession() {
        var loop = startTime();
        shared.sessions.put("secret", SESSION);
        var read = new CompletableFuture<@Nullable Void>();
        shared.caughtUp = read;
        var search = begin();
        loop.pass(Duration.ofMillis(4_900));
        assertThat(search).isNotDone();
        loop.pass(Duration.ofMillis(100));
        assertThat(search).isCompleted();
        assertThat(exchange.taken("secret")).isNull();
        exchange.settled("secret");
        read.complete(null);
        assertThat(shared.sessions).containsValue(SESSION);
        assertThat(reported).containsExactly("a session was not found within PT5S");
    }

    @Test
    void whatNoLoopHasGivenBackWhenTheServerEndsIsForOthers() {
        shared.sessions.put("secret", SESSION);
        begin().join();
        assertThat(shared.sessions).isEmpty();
        exchange.close();
        assertThat(shared.sessions).containsEntry("secret", SESSION);
        assertThat(exchange.taken("secret")).isNull();
    }

    @Test
    void whatIsFoundWhenTheServerHasEndedIsForOthers() {
        shared.sessions.put("secret", SESSION);
        shared.caughtUp = new CompletableFuture<>();
        var search = begin();
        exchange.close();
        shared.caughtUp.complete(null);
        assertThat(search).isCompleted();
        assertThat(shared.sessions).containsEntry("secret", SESSION);
        assertThat(exchange.taken("secret")).isNull();
    }

    @Test
    void whatALoopGivesBackStaysThere() {
        shared.sessions.put("secret", SESSION);
        begin().join();
        assertThat(exchange.taken("secret")).isEqualTo(SESSION);
        exchange.close();
        assertThat(shared.sessions).isEmpty();
    }

    @Test
    void theGoodbyesWaitForWhatIsBeingGivenBack() {
        shared.sessions.put("secret", SESSION);
        shared.caughtUp = new CompletableFuture<>();
        begin();
        var parked = exchange.allParked();
        shared.caughtUp.complete(null);
        assertThat(exchange.taken("secret")).isEqualTo(SESSION);
        shared.parked = new CompletableFuture<>();
        exchange.park(SESSION, () -> {}, () -> {}); // Its client has gone.
        assertThat(parked).isNotDone();
        exchange.settled("secret");
        assertThat(parked).isNotDone();
        shared.parked.complete(null);
        assertThat(parked).isCompleted();
    }

    /** Takes what is parked here. */
    private static final class Finding implements ParkedSessions.Wanted {
        @Override
        public boolean fits(ParkedSession session) {
            return true;
        }

        @Override
        public void parked(ParkedSession session) {
            assertThat(session.pid()).isEqualTo("secret");
        }

        @Override
        public void live(LocalSocket socket, RecoveryState state) {
            throw new AssertionError(state.pid());
        }

        @Override
        public void unknown() {
            throw new AssertionError("it is not here");
        }
    }

    /** What servers share; nobody has to wait unless told. */
    private static final class Shared implements SharedRecovery, ClusterLog, SessionStore {
        private final Map<String, StoredSession> sessions = new HashMap<>();
        private Runnable whenAsked = () -> {};
        private CompletableFuture<@Nullable Void> parked = CompletableFuture.completedFuture(null);
        private CompletableFuture<@Nullable Void> caughtUp = CompletableFuture.completedFuture(null);

        @Override
        public ClusterLog log() {
            return this;
        }

        @Override
        public SessionStore sessions() {
            return this;
        }

        @Override
        public CompletionStage<Boolean> release(SessionClaim claim) {
            whenAsked.run();
            return CompletableFuture.completedFuture(false);
        }

        @Override
        public void start(Reader reader) {
            reader.begin("");
        }

        @Override
        public CompletionStage<?> append(Entry entry) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> caughtUp() {
            return caughtUp;
        }

        @Override
        public CompletionStage<?> park(StoredSession session, Duration time) {
            sessions.put(session.pid(), session);
            return parked;
        }

        @Override
        public CompletionStage<Optional<StoredSession>> take(String pid, Predicate<StoredSession> wanted) {
            var found = Optional.ofNullable(sessions.get(pid)).filter(wanted);
            found.ifPresent(session -> sessions.remove(pid));
            return CompletableFuture.completedFuture(found);
        }
    }
}
