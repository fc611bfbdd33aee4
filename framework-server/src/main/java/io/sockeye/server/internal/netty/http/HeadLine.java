package io.sockeye.server.internal.netty.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpConstants;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for a line of a request's head, as Node has them. Each check throws an IllegalArgumentException. */
final class HeadLine {
    /** Those of Node's {@code http.METHODS}, without CONNECT, which is for proxies. */
    private static final Set<String> METHODS = Set.of(
            ("ACL BIND CHECKOUT COPY DELETE GET HEAD LINK LOCK M-SEARCH MERGE MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY OPTIONS"
                            + " PATCH POST PROPFIND PROPPATCH PURGE PUT QUERY REBIND REPORT SEARCH SOURCE SUBSCRIBE TRACE"
                            + " UNBIND UNLINK UNLOCK UNSUBSCRIBE")
                    .split(" "));

    /** Method, target and version. The target is a path, {@code *} or a whole address. */
    private static final Pattern FIRST =
            Pattern.compile("([A-Z-]+) +(?:/[!-~]*|\\*|[A-Za-z]+://[!-~]+) +HTTP/[0-9]\\.[0-9]");

    /** The beginning of such a line: the method, and what there is of a target that is a path. */
    private static final Pattern BEGINNING = Pattern.compile("([A-Z-]+) +(/[!-~]*)(?: .*)?", Pattern.DOTALL);

    private HeadLine() {}

    /**
     * A line ends with CR and LF, and has no other CR.
     *
     * @param lf where its LF is
     * @return whether there is nothing else in it
     */
    static boolean checkEnd(ByteBuf in, int start, int lf) {
        int cr = in.indexOf(start, lf, HttpConstants.CR);
        if (cr < start || cr != lf - 1) {
            throw new IllegalArgumentException("a line that does not end with CRLF");
        }
        return cr == start;
    }

    /** The first character of a request tells already what is no HTTP, such as TLS: its end might never come. */
    static void checkStart(ByteBuf in, int start) {
        byte first = in.getByte(start);
        if (first != HttpConstants.CR && (first < 'A' || first > 'Z')) {
            throw new IllegalArgumentException("the request's first character");
        }
    }

    /**
     * The line of which not all has arrived.
     *
     * @param seen how many bytes of it were looked at before
     */
    static void checkPart(ByteBuf in, int start, int seen, boolean header) {
        int end = in.writerIndex();
        int from = start + Math.max(0, seen - 1); // The last one may be a CR, whose LF must be next.
        int cr = in.indexOf(from, end, HttpConstants.CR);
        if (cr >= 0 && cr < end - 1) {
            throw new IllegalArgumentException("CR without LF");
        }
        if (header && start < end) {
            checkHeader(in, start);
        }
    }

    /**
     * "A server that receives an obs-fold in a request message … MUST either reject the message … or replace each received
     * obs-fold": RFC 9112, 5.2. White space before the first header is refused, too.
     */
    static void checkHeader(ByteBuf in, int start) {
        byte first = in.getByte(start);
        if (first == ' ' || first == '\t') {
            throw new IllegalArgumentException("a header that begins with white space");
        }
    }

    /** A header behind the body, where none may say how long that was. */
    static void checkTrailer(ByteBuf in, int start, int lf) {
        checkHeader(in, start);
        int colon = in.indexOf(start, lf, (byte) ':');
        var name = in.toString(start, Math.max(0, colon - start), StandardCharsets.ISO_8859_1);
        if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding")) {
            throw new IllegalArgumentException(name + " behind the body");
        }
    }

    /** Whether a line of chunked coding, which Netty takes for right, says that no more chunks follow. */
    static boolean isLastChunk(ByteBuf in, int start, int end) {
        int at = start;
        while (at < end && in.getByte(at) == '0') {
            at++;
        }
        return at > start && at < end && Character.digit(in.getByte(at), 16) < 0;
    }

    /** @param end behind its last character */
    static void checkFirst(ByteBuf in, int start, int end) {
        var line = in.toString(start, end - start, StandardCharsets.ISO_8859_1);
        var parts = FIRST.matcher(line);
        if (!parts.matches() || !METHODS.contains(parts.group(1))) {
            throw new IllegalArgumentException("the request's first line");
        }
    }

    /**
     * Method and target of a first line of which the end may be missing; null if it breaks the rules, or if its target is no
     * path.
     */
    static @Nullable MatchResult beginning(String line) {
        var parts = BEGINNING.matcher(line);
        return parts.matches() && METHODS.contains(parts.group(1)) ? parts.toMatchResult() : null;
    }
}
