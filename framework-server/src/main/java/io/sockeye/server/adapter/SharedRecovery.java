package io.sockeye.server.adapter;

import io.sockeye.server.ConnectionStateRecovery;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * What servers share so that a client that lost its connection can come back at any of them; see {@link
 * ConnectionStateRecovery}, which all of them have to use, with the same settings. Methods may be called on any thread and
 * must not block; an exception counts as a stage that fails. Failures are reported to the error handler; those of the
 * log only once until it works again.
 */
public interface SharedRecovery {
    /**
     * The time in which a stage must complete, and in which an entry of the log must be read; 5 s by default. After it
     * the server stops waiting and reports that to the error handler:
     *
     * <ul>
     *   <li>An entry that was appended and neither read nor refused no longer delays later actions of this server,
     *       which are done before it. It is delivered if it is read or refused in the end. The same holds as soon as
     *       more waits than the log may hold, by {@link ConnectionStateRecovery#maxPackets()} and {@link
     *       ConnectionStateRecovery#maxBytes()}: then for the oldest.
     *   <li>A session that is neither parked nor refused is kept by this server, and its client can come back only
     *       here.
     *   <li>A session that cannot be taken is not given back: its client gets a new one.
     * </ul>
     */
    default Duration timeout() {
        return Duration.ofSeconds(5);
    }

    /** The log of the cluster. */
    ClusterLog log();

    /** The sessions whose client is away. */
    SessionStore sessions();

    /**
     * Asks all other servers to give up a session that one of them still holds open, by {@link LocalServer#release}, since
     * its client is at this server.
     *
     * @return completes with whether one of them has done so; with false as soon as all others have declined or are
     *     gone
     */
    CompletionStage<Boolean> release(SessionClaim claim);
}
