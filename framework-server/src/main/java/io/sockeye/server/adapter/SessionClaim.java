package io.sockeye.server.adapter;

import org.jspecify.annotations.Nullable;

/**
 * A client's request to recover its session.
 *
 * @param pid the secret of the session
 * @param namespace the namespace that it joins
 * @param offset of the last event that it got, as it claims; null if it got none
 */
public record SessionClaim(
        String pid, String namespace, @Nullable String offset) {}
