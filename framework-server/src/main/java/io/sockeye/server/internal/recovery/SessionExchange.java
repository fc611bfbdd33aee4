package io.sockeye.server.internal.recovery;

import io.sockeye.concurrent.Causes;
import io.sockeye.server.adapter.LocalServer;
import io.sockeye.server.adapter.SessionClaim;
import io.sockeye.server.adapter.SharedRecovery;
import io.sockeye.server.adapter.StoredSession;
import io.sockeye.server.internal.context.ServerContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gives sessions to the other servers of a cluster and gets them from there. Any thread. */
public final class SessionExchange {
    private static final String STORE = "store of sessions";

    /** How often a session is looked for that others look for, too. */
    private static final int TRIES = 20;

    private final SharedRecovery shared;
    private final Recovery recovery;
    private final ServerContext context;
    private final StoredSessions stored;
    private final Duration awayTime;
    /** In which time a session must be parked or found. */
    private final Duration limit;
    /** What this server is about to take, by the secrets. */
    private final Map<String, SessionTake> taking = new ConcurrentHashMap<>();
    /** What is being parked, by the secrets. */
    private final Map<String, CompletableFuture<Boolean>> parking = new ConcurrentHashMap<>();
    /** Whether the server is about to end, so that no client comes back to it. */
    private volatile boolean stopping;
    /** Whether the server has ended, so that nothing is given back here any more. */
    private volatile boolean closed;

    SessionExchange(SharedRecovery shared, Recovery recovery, ServerContext context, Duration awayTime) {
        this.shared = shared;
        this.recovery = recovery;
        this.context = context;
        this.stored = new StoredSessions(recovery, context);
        this.awayTime = awayTime;
        this.limit = shared.timeout();
    }

    public StoredSessions stored() {
        return stored;
    }

    /**
     * The client is away.
     *
     * @param failed told if no other server can have the session
     */
    void park(StoredSession session, Runnable parked, Runnable failed) {
        store(session, inTime -> (inTime ? parked : failed).run(), () -> withdraw(session));
    }

    /**
     * Puts a session into the store; meanwhile it counts as being parked.
     *
     * @param then told whether that was done in time
     * @param late told if it was done, but not in time
     */
    private void store(StoredSession session, Consumer<Boolean> then, Runnable late) {
        var done = new CompletableFuture<Boolean>();
        parking.put(session.pid(), done);
        var first = new CompletableFuture<Boolean>();
        var cancel = context.after(
                limit,
                () -> first.completeExceptionally(new TimeoutException("a session was not parked within " + limit)));
        first.whenComplete((inTime, failure) -> {
            cancel.run();
            if (failure != null) {
                report(failure);
            }
            then.accept(failure == null);
            parking.remove(session.pid(), done);
            done.complete(failure == null);
        });
        call(() -> shared.sessions().park(session, awayTime)).whenComplete((stored, failure) -> {
            if (failure != null) {
                first.completeExceptionally(failure);
            } else if (!first.complete(true)) {
                late.run();
            }
        });
    }

    /**
     * It was parked too late: the session is at this server, and another one must not find an older state of it. Unless its
     * client has left here again, so that the store has, or is to have, the present state, or this server is about to end.
     */
    private void withdraw(StoredSession session) {
        if (stopping) {
            return;
        }
        call(() -> shared.sessions().take(session.pid(), found -> isOutdated(found, session)))
                .whenComplete((found, failure) -> {
                    if (failure != null) {
                        report(failure);
                    }
                });
    }

    private boolean isOutdated(StoredSession found, StoredSession late) {
        return found.position().equals(late.position())
                && !parking.containsKey(late.pid())
                && recovery.sessions().holds(late.pid());
    }

    /** How many are being taken or parked, or have left and are not handled to the end. */
    public long size() {
        return (long) taking.size() + parking.size() + stored.size();
    }

    /** The server is about to end: what is in the store is for others, also if that took too long. */
    public void stopping() {
        stopping = true;
    }

    /**
     * Completes when all that is looked for or being parked now is in the store, or it has taken too long. What is found for a
     * connection that has ended is parked again.
     */
    public CompletableFuture<Void> allParked() {
        var sought = taking.values().stream().map(SessionTake::settled);
        return CompletableFuture.allOf(sought.toArray(CompletableFuture[]::new))
                .thenCompose(settled -> CompletableFuture.allOf(parking.values().toArray(CompletableFuture[]::new)));
    }

    /**
     * Begins to look for a session; {@link #settled} follows.
     *
     * @return null if it has begun; otherwise it has to be looked for again when this completes, since somebody looks for or
     *     parks it at this server
     */
    @Nullable
    public CompletableFuture<?> begin(String pid) {
        var parked = parking.get(pid);
        if (parked != null) {
            return parked;
        }
        var other = taking.putIfAbsent(pid, new SessionTake());
        return other == null ? null : other.settled();
    }

    /** The session has a socket, or nobody here looks for it any more. */
    public void settled(String pid) {
        var done = taking.remove(pid);
        if (done != null) {
            done.settle();
        }
    }

    /**
     * Takes a session that no server has open any more, and keeps it for {@link #taken}.
     *
     * @param fits whether it can be given back, once this server has read all of the log
     * @return completes within a limited time, also if something fails: then the session is still in the store
     */
    public CompletableFuture<Void> take(SessionClaim claim, Predicate<StoredSession> fits) {
        var mine = taking.get(claim.pid());
        if (mine == null) {
            return CompletableFuture.completedFuture(null); // The server has ended meanwhile.
        }
        var over = new CompletableFuture<Void>();
        var late = context.after(limit, () -> {
            if (over.complete(null)) {
                report(new TimeoutException("a session was not found within " + limit));
            }
        });
        take(mine, claim, fits, 1).whenComplete((found, failure) -> {
            late.run();
            if (failure == null) {
                found.ifPresent(mine::found);
            } else {
                report(failure);
            }
            if (!over.complete(null) || closed) {
                putBack(mine); // The client may come again, or go elsewhere.
            }
        });
        return over;
    }

    /** What {@link #take} has found for the caller, who gives it to its client or parks it; null if there is nothing. */
    @Nullable
    public StoredSession taken(String pid) {
        var mine = taking.get(pid);
        return mine == null ? null : mine.taken();
    }

    /** The server ends: what its loops have not given back yet is for others. */
    void close() {
        closed = true;
        taking.forEach((pid, mine) -> {
            putBack(mine);
            settled(pid);
        });
    }

    /** Again as long as another server has released it, and once more: it may have been parked meanwhile. */
    private CompletableFuture<Optional<StoredSession>> take(
            SessionTake mine, SessionClaim claim, Predicate<StoredSession> fits, int attempt) {
        return takeStored(mine, claim, fits).thenCompose(found -> {
            if (found.isPresent()) {
                return CompletableFuture.completedFuture(found);
            }
            mine.asksOthers();
            return call(() -> shared.release(claim))
                    .thenCompose(released -> released && attempt < TRIES
                            ? take(mine, claim, fits, attempt + 1)
                            : takeStored(mine, claim, fits));
        });
    }

    private CompletableFuture<Optional<StoredSession>> takeStored(
            SessionTake mine, SessionClaim claim, Predicate<StoredSession> fits) {
        mine.asksStore();
        return call(() -> shared.log().caughtUp())
                .thenCompose(read -> call(() -> shared.sessions().take(claim.pid(), fits)));
    }

    /** A session that could not be given back is there for the next try. */
    private void putBack(SessionTake mine) {
        var session = mine.taken();
        if (session != null) {
            store(session, inTime -> {}, () -> {});
        }
    }

    /** See {@link LocalServer#release}. */
    public CompletableFuture<Boolean> release(SessionClaim claim) {
        var present = recovery.sessions().present(claim.pid());
        if (present == null) {
            var mine = taking.get(claim.pid());
            return mine == null
                    ? parking.getOrDefault(claim.pid(), CompletableFuture.completedFuture(false))
                    : mine.answer()
                            .thenCompose(again -> again
                                    ? CompletableFuture.completedFuture(true)
                                    : release(claim).thenApply(released -> true)); // Wherever it is now.
        }
        var released = new CompletableFuture<Boolean>();
        var socket = present.socket();
        socket.connection().loop().execute(() -> {
            boolean fits = recovery.fits(claim, socket.namespace().name(), present.state());
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
