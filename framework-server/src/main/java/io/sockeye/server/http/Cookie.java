package io.sockeye.server.http;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A cookie with the session's id, for a load balancer that sends all requests of a session to the same server. The server
 * itself never reads it: only the query names a session.
 *
 * <pre>{@code
 * SocketServer.builder().cookie(Cookie.named("io").secure(true).maxAge(Duration.ofHours(1)))
 * }</pre>
 */
public final class Cookie {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern PATH = Pattern.compile("/[ -:=-~]*");

    private final String name;
    private final String path;
    private final boolean httpOnly;
    private final SameSite sameSite;
    private final boolean secure;
    /** Null to keep the cookie as long as the browser runs. */
    private final @Nullable Duration maxAge;

    private Cookie(
            String name, String path, boolean httpOnly, SameSite sameSite, boolean secure, @Nullable Duration maxAge) {
        this.name = name;
        this.path = path;
        this.httpOnly = httpOnly;
        this.sameSite = sameSite;
        this.secure = secure;
        this.maxAge = maxAge;
    }

    /**
     * A cookie for all paths, hidden from scripts, {@link SameSite#LAX}, for as long as the browser runs.
     *
     * @throws IllegalArgumentException if the name is not valid for a cookie
     */
    public static Cookie named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("cookie name: '" + name + "'");
        }
        return new Cookie(name, "/", true, SameSite.LAX, false, null);
    }

    /**
     * The same cookie for the requests below a path.
     *
     * @throws IllegalArgumentException if the path does not start with a slash or is not valid in a cookie
     */
    public Cookie path(String start) {
        if (!PATH.matcher(start).matches()) {
            throw new IllegalArgumentException("cookie path: '" + start + "'");
        }
        return new Cookie(name, start, httpOnly, sameSite, secure, maxAge);
    }

    /** The same cookie, hidden from scripts or not. */
    public Cookie httpOnly(boolean hidden) {
        return new Cookie(name, path, hidden, sameSite, secure, maxAge);
    }

    /**
     * The same cookie for the requests of these pages. Browsers accept {@link SameSite#NONE} only if the cookie is
     * secure.
     */
    public Cookie sameSite(SameSite pages) {
        return new Cookie(name, path, httpOnly, pages, secure, maxAge);
    }

    /** The same cookie for encrypted connections only, or for all. */
    public Cookie secure(boolean encrypted) {
        return new Cookie(name, path, httpOnly, sameSite, encrypted, maxAge);
    }

    /**
     * The same cookie, forgotten after that time; whole seconds.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public Cookie maxAge(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("cookie maxAge: " + time);
        }
        return new Cookie(name, path, httpOnly, sameSite, secure, time);
    }

    /** The value of {@code Set-Cookie}, with the attributes in the reference server's order. */
    public String with(String sid) {
        return name + "=" + sid
                + Optional.ofNullable(maxAge)
                        .map(time -> "; Max-Age=" + time.toSeconds())
                        .orElse("")
                + "; Path=" + path
                + (httpOnly ? "; HttpOnly" : "")
                + (secure ? "; Secure" : "")
                + "; SameSite=" + sameSite.text;
    }

    /** The pages whose requests carry the cookie. */
    public enum SameSite {
        /** Those of the same site. */
        STRICT("Strict"),
        /** Those of the same site, and links from others. */
        LAX("Lax"),
        /** All. */
        NONE("None");

        private final String text;

        SameSite(String text) {
            this.text = text;
        }
    }
}
