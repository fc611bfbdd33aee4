package io.sockeye.server;

import java.util.concurrent.CompletionStage;

/**
 * What servers share so that a client that lost its connection can come back at any of them; see {@link
 * ConnectionStateRecovery}, which all of them have to use, with the same settings. Methods may be called on any thread and
 * must not block; stages that fail are reported to the error handler, and must complete within a few seconds.
 */
public interface SharedRecovery {
    /** The log of the cluster. */
    ClusterLog log();

    /** Where sessions are whose client is away. */
    SessionStore sessions();

    /**
     * Asks all other servers to give up a session that one of them still holds open, by {@link LocalServer#release}, since
     * its client is at this server.
     *
     * @return completes with whether one of them has done so; with false as soon as all others have said no or are gone
     */
    CompletionStage<Boolean> release(SessionClaim claim);
}
