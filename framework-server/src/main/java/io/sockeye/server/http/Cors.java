package io.sockeye.server.http;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which pages of other origins may talk to the server. By default none may: browsers do not let them read the answers
 * to polls, so that they cannot join a namespace, and the server refuses their WebSockets, and their polling as clients
 * of Socket.IO 2, which join without a CONNECT. Requests without an origin are not from a page, or from one whose
 * browser hides it; they are accepted.
 *
 * <pre>{@code
 * SocketServer.builder().cors(Cors.origins("https://app.example").withCredentials())
 * }</pre>
 */
public final class Cors {
    /** No other origin. */
    public static final Cors NONE = new Cors(false, origin -> false, false);

    private final boolean every;
    private final Predicate<String> allows;
    private final boolean credentials;

    private Cors(boolean every, Predicate<String> allows, boolean credentials) {
        this.every = every;
        this.allows = allows;
        this.credentials = credentials;
    }

    /**
     * Exactly these origins, such as {@code https://app.example}: as browsers write them, in lower case, without a path
     * and without the scheme's default port.
     *
     * @throws IllegalArgumentException if no browser sends an origin in this form, since it could never match
     */
    public static Cors origins(String... origins) {
        return origins(List.of(origins));
    }

    /**
     * Exactly these origins.
     *
     * @throws IllegalArgumentException as {@link #origins(String...)}
     */
    public static Cors origins(Collection<String> origins) {
        return when(origins.stream().map(OriginText::check).collect(Collectors.toUnmodifiableSet())::contains);
    }

    /** The origins that the pattern matches as a whole. */
    public static Cors matching(Pattern pattern) {
        return when(origin -> pattern.matcher(origin).matches());
    }

    /**
     * The origins that the predicate accepts; it is called on I/O threads and must not block. An exception refuses the
     * origin and is reported to the error handler.
     */
    public static Cors when(Predicate<String> predicate) {
        return new Cors(false, predicate, false);
    }

    /** Every origin; for public services that use no cookies. */
    public static Cors any() {
        return new Cors(true, origin -> true, false);
    }

    /**
     * The same origins, whose pages may send cookies.
     *
     * @throws IllegalStateException if that is every origin
     */
    public Cors withCredentials() {
        if (every) {
            throw new IllegalStateException("every page of the world could act for your users;"
                    + " if that is what you want: Cors.when(origin -> true).withCredentials()");
        }
        return new Cors(false, allows, true);
    }

    /** Whether pages may send cookies. */
    public boolean credentials() {
        return credentials;
    }

    /** The {@code Access-Control-Allow-Origin} for a request without an origin. */
    public Optional<String> withoutOrigin() {
        return every ? Optional.of("*") : Optional.empty();
    }

    /** The {@code Access-Control-Allow-Origin} for a page of that origin; empty if it may not read the answer. */
    public Optional<String> allowedOrigin(String origin) {
        if (every) {
            return Optional.of("*");
        }
        return allows.test(origin) ? Optional.of(origin) : Optional.empty();
    }
}
