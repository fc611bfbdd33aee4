package io.sockeye.client.internal.http;

import java.net.Authenticator;
import java.net.ProxySelector;
import org.jspecify.annotations.Nullable;

/**
 * The proxy settings.
 *
 * @param possible whether there may be a proxy
 * @param selector the user's; null for the JVM's default
 * @param authenticator the user's, for proxy and server; null for none
 */
public record ProxyChoice(
        boolean possible,
        @Nullable ProxySelector selector,
        @Nullable Authenticator authenticator) {}
