package io.sockeye.server.internal.netty.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms in which a request names what it wants: RFC 9112, 3.2. */
final class RequestTarget {
    /** Host and the rest. */
    private static final Pattern ABSOLUTE =
            Pattern.compile("(?:https?|wss?)://([^/?#@]+)([/?#].*)?", Pattern.CASE_INSENSITIVE);

    private RequestTarget() {}

    /** Whether it is a path, a whole address, or {@code *}. */
    static boolean isKnown(String target) {
        return target.startsWith("/") || target.equals("*") || namesHost(ABSOLUTE.matcher(target));
    }

    /** "A recipient that processes such a URI reference MUST reject it as invalid", if there is no host: RFC 9110, 4.2.1. */
    private static boolean namesHost(Matcher address) {
        return address.matches() && !address.group(1).startsWith(":") && HeadRules.isHost(address.group(1));
    }

    /**
     * Leaves the path of a whole address. "When an origin server receives a request with an absolute-form of
     * request-target, the origin server MUST ignore the received Host header field (if any) and instead use the host
     * information of the request-target": RFC 9112, 3.2.2.
     */
    static void shorten(HttpRequest head) {
        var parts = ABSOLUTE.matcher(head.uri());
        if (parts.matches()) {
            String rest = parts.group(2) == null ? "" : parts.group(2);
            head.setUri(rest.startsWith("/") ? rest : "/" + rest);
            head.headers().set(HttpHeaderNames.HOST, parts.group(1));
        }
    }
}
