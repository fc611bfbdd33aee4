package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
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

    private final Shared shared = new Shared();
    private final ServerContext context = new ServerContext(
            SocketServer.builder().connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1))),
            HandlerExecutor.of(Runnable::run, Runnable::run));
    private final SessionExchange exchange = exchange(context.recovery());

    private SessionExchange exchange(@Nullable Recovery recovery) {
        return new SessionExchange(shared, Objects.requireNonNull(recovery), context, Duration.ofMinutes(1));
    }

    private Optional<StoredSession> take() {
        return exchange.take(CLAIM, session -> true).join();
    }

    @Test
    void takesASessionOutOfTheStore() {
        shared.sessions.put("secret", SESSION);
        assertThat(take()).contains(SESSION);
        assertThat(shared.sessions).isEmpty();
    }

    @Test
    void findsNothingWhereNobodyHasTheSession() {
        assertThat(take()).isEmpty();
    }

    @Test
    void takesASessionThatAServerHadParkedBeforeItWasAskedForIt() {
        shared.whenAsked = () -> shared.sessions.put("secret", SESSION);
        assertThat(take()).contains(SESSION);
    }

    /** What servers share; nobody has to wait. */
    private static final class Shared implements SharedRecovery, ClusterLog, SessionStore {
        private final Map<String, StoredSession> sessions = new HashMap<>();
        private Runnable whenAsked = () -> {};

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
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> park(StoredSession session, Duration time) {
            sessions.put(session.pid(), session);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Optional<StoredSession>> take(String pid, Predicate<StoredSession> wanted) {
            return CompletableFuture.completedFuture(
                    Optional.ofNullable(sessions.remove(pid)).filter(wanted));
        }
    }
}
