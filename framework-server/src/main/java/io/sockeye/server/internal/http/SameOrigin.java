package io.sockeye.server.internal.http;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a page belongs to the host that was asked. */
final class SameOrigin {
    private SameOrigin() {}

    /**
     * Compares the page's host with the one that was asked, or with the one that a trusted proxy was asked. Of the schemes,
     * {@code http} and {@code https} are the same unless the connection is known to be encrypted: a proxy may end TLS.
     */
    static boolean holds(String origin, Call call) {
        var page = page(origin);
        if (page == null || (!isSecure(page) && call.snapshot().secure())) {
            return false;
        }
        return names(call.header("host"), page) || names(call.forwardedHost(), page);
    }

    /** Null if it is no page of the web. */
    private static @Nullable URI page(String origin) {
        try {
            var page = URI.create(origin);
            boolean web = "http".equalsIgnoreCase(page.getScheme()) || isSecure(page);
            boolean bare = String.valueOf(page.getRawPath()).isEmpty()
                    && page.getRawQuery() == null
                    && page.getRawFragment() == null;
            return web && bare && page.getRawAuthority() != null ? page : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isSecure(URI page) {
        return "https".equalsIgnoreCase(page.getScheme());
    }

    /** A proxy may also name the port that the page's scheme implies, {@code Host: app.example:443}. */
    private static boolean names(@Nullable String host, URI page) {
        if (host == null) {
            return false;
        }
        String authority = page.getRawAuthority();
        boolean port = authority.matches(".*:[0-9]+");
        String implied = isSecure(page) ? ":443" : ":80";
        return host.equalsIgnoreCase(authority)
                || (!port && host.equalsIgnoreCase(authority + implied))
                || authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT) + implied);
    }
}
