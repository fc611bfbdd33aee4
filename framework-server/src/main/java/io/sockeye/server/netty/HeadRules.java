package io.sockeye.server.netty;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for a whole head of a request, and how requests are refused. */
final class HeadRules {
    /** As Node asks. */
    private static final Pattern CONTINUE = Pattern.compile("(^|\\W)100-continue($|\\W)", Pattern.CASE_INSENSITIVE);

    private HeadRules() {}

    /** Why a request is refused whatever it wants. */
    record Refusal(int status, String text) {
        private static final Refusal BAD = new Refusal(400, "Bad Request");
        private static final Refusal VERSION = new Refusal(505, "HTTP Version Not Supported");
        private static final Refusal EXPECTATION = new Refusal(417, "Expectation Failed");
    }

    /** Null if nothing is wrong. */
    static @Nullable Refusal check(HttpRequest head) {
        if (head.decoderResult().isFailure()) {
            return ofFailure(head.decoderResult().cause());
        }
        var version = head.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return Refusal.VERSION;
        }
        return namesItsHost(head) && endsItsCodings(head) && RequestTarget.isKnown(head.uri()) ? null : Refusal.BAD;
    }

    private static Refusal ofFailure(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof TooLongHttpLineException) {
            return new Refusal(414, "URI Too Long: " + message);
        }
        boolean headers = cause instanceof TooLongHttpHeaderException;
        return headers ? new Refusal(431, "Request Header Fields Too Large: " + message) : Refusal.BAD;
    }

    /** Of a body that cannot be read to its end. */
    static Refusal ofBrokenBody(Throwable cause) {
        return cause instanceof TooLongHttpHeaderException ? ofFailure(cause) : Refusal.BAD;
    }

    /**
     * "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks a Host header
     * field and to any request message that contains more than one Host header field line": RFC 9112, 3.2.
     */
    private static boolean namesItsHost(HttpRequest head) {
        int hosts = head.headers().getAll(HttpHeaderNames.HOST).size();
        return hosts == 1 || (hosts == 0 && head.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0);
    }

    /** A list that goes on behind its last comma is read by some as if {@code chunked} were not its last coding. */
    private static boolean endsItsCodings(HttpRequest head) {
        var codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return codings.stream().noneMatch(line -> line.strip().endsWith(","));
    }

    /** Whether the client waits for 100 before it sends the body. */
    static boolean awaitsContinue(HttpRequest head) {
        return expects(head) && CONTINUE.matcher(expectation(head)).find();
    }

    /** Null unless the client expects something that no server knows. As in Node, it may be anything with a WebSocket. */
    static @Nullable Refusal checkExpectation(HttpRequest head) {
        boolean unknown = expects(head)
                && !CONTINUE.matcher(expectation(head)).find()
                && !head.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
        return unknown ? Refusal.EXPECTATION : null;
    }

    /** "A server that receives an Expect field value … in an HTTP/1.0 request MUST ignore that": RFC 9110, 10.1.1. */
    private static boolean expects(HttpRequest head) {
        return head.headers().contains(HttpHeaderNames.EXPECT)
                && head.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }

    private static String expectation(HttpRequest head) {
        return String.join(", ", head.headers().getAll(HttpHeaderNames.EXPECT));
    }
}
