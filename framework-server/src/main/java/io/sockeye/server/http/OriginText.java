package io.sockeye.server.http;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Origins as browsers write them: scheme, host in lower case, the port unless the scheme implies it. */
final class OriginText {
    private static final Pattern ORIGIN =
            Pattern.compile("(?!https?://(:|$))[a-z][a-z0-9+.-]*://(\\[[0-9a-f:.]+]|[a-z0-9._-]*)(:[1-9][0-9]{0,4})?");

    private OriginText() {}

    /**
     * The origin itself.
     *
     * @throws IllegalArgumentException if no browser sends an origin in this form
     */
    static String check(String origin) {
        if (origin.equals("null")) {
            return origin; // Sent for pages without an origin of their own, such as files and sandboxed frames.
        }
        if (origin.contains("*")) {
            throw new IllegalArgumentException("cors origin '" + origin
                    + "': no wildcards; Cors.any() is every origin, Cors.matching(Pattern) those of a pattern");
        }
        if (!ORIGIN.matcher(origin).matches() || !origin.equals(withoutImpliedPort(origin))) {
            throw new IllegalArgumentException(
                    "cors origin '" + origin + "' is none that a browser sends" + hint(origin));
        }
        return origin;
    }

    private static String withoutImpliedPort(String origin) {
        return origin.replaceFirst("^(https://.*):443$", "$1").replaceFirst("^(http://.*):80$", "$1");
    }

    private static String hint(String origin) {
        try {
            var page = URI.create(origin.strip());
            if (page.getScheme() != null && page.getRawAuthority() != null) {
                String bare = page.getScheme() + "://" + page.getRawAuthority().replaceFirst(".*@", "");
                String right = withoutImpliedPort(bare.toLowerCase(Locale.ROOT));
                return ORIGIN.matcher(right).matches() ? ", write '" + right + "'" : "";
            }
            return ", write it as 'https://app.example'";
        } catch (IllegalArgumentException e) {
            return ", write it as 'https://app.example'";
        }
    }
}
