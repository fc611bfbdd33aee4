package io.sockeye.server;

import io.sockeye.concurrent.Causes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gives sessions to the other servers of a cluster and gets them from there. Any thread. */
final class SessionExchange {
    /** In which time a session must be found; otherwise the client begins anew. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String STORE = "store of sessions";

    private final SharedRecovery shared;
    private final Recovery recovery;
    private final ServerContext context;
    private final Duration awayTime;
    /** What is being parked, by the secrets. */
    private final Map<String, CompletableFuture<Boolean>> parking = new ConcurrentHashMap<>();

    SessionExchange(SharedRecovery shared, Recovery recovery, ServerContext context, Duration awayTime) {
        this.shared = shared;
        this.recovery = recovery;
        this.context = context;
        this.awayTime = awayTime;
    }

    /**
     * The client is away.
     *
     * @param failed told if no other server can have the session
     */
    void park(StoredSession session, Runnable parked, Runnable failed) {
        var done = new CompletableFuture<Boolean>();
        parking.put(session.pid(), done);
        call(() -> shared.sessions().park(session, awayTime)).whenComplete((stored, failure) -> {
            if (failure == null) {
                parked.run();
            } else {
                report(failure);
                failed.run();
            }
            parking.remove(session.pid(), done);
            done.complete(failure == null);
        });
    }

    /** Completes when all that is being parked now is, or has taken too long. */
    CompletableFuture<Void> allParked() {
        var all = CompletableFuture.allOf(parking.values().toArray(CompletableFuture[]::new));
        var late = context.after(LIMIT, () -> all.complete(null));
        return all.whenComplete((parked, failure) -> late.run());
    }

    /**
     * Takes a session that no server has open any more.
     *
     * @param fits whether it can be given back, once this server has read all of the log
     * @return completes within a limited time, also if something fails: then the session is still in the store
     */
    CompletableFuture<Optional<StoredSession>> take(SessionClaim claim, Predicate<StoredSession> fits) {
        var answer = new CompletableFuture<Optional<StoredSession>>();
        var late = context.after(LIMIT, () -> {
            if (answer.complete(Optional.empty())) {
                context.calls().report(new TimeoutException("a session was not found within " + LIMIT), STORE);
            }
        });
        parking.getOrDefault(claim.pid(), CompletableFuture.completedFuture(true))
                .thenCompose(parked -> takeStored(claim, fits))
                .thenCompose(found -> found.isPresent() ? CompletableFuture.completedFuture(found) : claim(claim, fits))
                .whenComplete((found, failure) -> {
                    late.run();
                    end(answer, failure == null ? found : Optional.empty(), failure);
                });
        return answer;
    }

    private CompletableFuture<Optional<StoredSession>> takeStored(SessionClaim claim, Predicate<StoredSession> fits) {
        return call(() -> shared.log().caughtUp())
                .thenCompose(read -> call(() -> shared.sessions().take(claim.pid(), fits)));
    }

    private CompletableFuture<Optional<StoredSession>> claim(SessionClaim claim, Predicate<StoredSession> fits) {
        return call(() -> shared.release(claim))
                .thenCompose(released ->
                        released ? takeStored(claim, fits) : CompletableFuture.completedFuture(Optional.empty()));
    }

    private void end(
            CompletableFuture<Optional<StoredSession>> answer,
            Optional<StoredSession> found,
            @Nullable Throwable failure) {
        if (failure != null) {
            report(failure);
        }
        if (!answer.complete(found)) {
            found.ifPresent(this::putBack); // The client may come again.
        }
    }

    /** A session that could not be given back is there for the next try. */
    private void putBack(StoredSession session) {
        call(() -> shared.sessions().park(session, awayTime)).whenComplete((stored, failure) -> {
            if (failure != null) {
                report(failure);
            }
        });
    }

    /** See {@link LocalServer#release}. */
    CompletableFuture<Boolean> release(SessionClaim claim) {
        var present = recovery.sessions().present(claim.pid());
        if (present == null) {
            return parking.getOrDefault(claim.pid(), CompletableFuture.completedFuture(false));
        }
        var released = new CompletableFuture<Boolean>();
        var socket = present.socket();
        socket.connection().shard().execute(() -> {
            boolean fits = socket.namespace().name().equals(claim.namespace())
                    && present.state().missedAfter(recovery.number(claim.offset())) >= 0;
            if (fits && socket.connected()) {
                socket.connection().abandon();
            }
            var parked = fits ? parking.get(claim.pid()) : null;
            if (parked == null) {
                released.complete(fits);
            } else {
                parked.thenAccept(released::complete);
            }
        });
        return released;
    }

    private void report(Throwable failure) {
        context.calls().report(Causes.of(failure), STORE);
    }

    /** What the cluster throws fails the stage, too. */
    private static <T> CompletableFuture<T> call(Call<T> call) {
        return CompletableFuture.completedFuture(null)
                .thenCompose(nothing -> call.begin().thenApply(value -> (T) value));
    }

    private interface Call<T> {
        CompletionStage<? extends T> begin();
    }
}
