package io.sockeye.server.adapter;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Keeps the sessions of a cluster whose client is away. Methods may be called on any thread, must not block, and take
 * effect in the order of each caller's calls.
 */
public interface SessionStore {
    /**
     * Keeps a session, in place of one with the same secret, until it is taken or the time is over.
     *
     * @return completes when any server can take it; if it fails, or takes longer than {@link SharedRecovery#timeout},
     *     the client can come back to this server only. A session that is parked later than that is taken out again
     */
    CompletionStage<?> park(StoredSession session, Duration time);

    /**
     * Takes a session out of the store if it is wanted; otherwise it stays there. Of several concurrent calls one gets
     * it.
     *
     * @param wanted whether the session can be given back to its client; called at most once, on any thread
     * @return completes with the session; with nothing if there is none or it is not wanted
     */
    CompletionStage<Optional<StoredSession>> take(String pid, Predicate<StoredSession> wanted);
}
