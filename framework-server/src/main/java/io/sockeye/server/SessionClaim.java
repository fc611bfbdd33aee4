package io.sockeye.server;

import org.jspecify.annotations.Nullable;

/**
 * A client wants its session back.
 *
 * @param pid the secret of the session
 * @param namespace where it wants to join
 * @param offset of the last event that it got, as it says; null if it got none
 */
public record SessionClaim(
        String pid, String namespace, @Nullable String offset) {}
