package io.sockeye.server.internal.netty.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for a whole head of a request, and how requests are refused. */
public final class HeadRules {
    /** As Node asks. */
    private static final Pattern CONTINUE = Pattern.compile("(^|\\W)100-continue($|\\W)", Pattern.CASE_INSENSITIVE);

    /**
     * What may be a host with its port: RFC 3986, 3.2.2. What is in brackets or behind {@code %} is not looked at. Without
     * groups that repeat, for which Java's patterns need a stack as deep as the text is long.
     */
    private static final Pattern HOST = Pattern.compile("(?:\\[[\\w.:%~-]+]|[\\w.~!$&'()*+,;=%-]*)(?::[0-9]*)?");

    private HeadRules() {}

    /** Why a request is refused whatever it wants. */
    public record Refusal(int status, String text) {
        private static final Refusal BAD = new Refusal(400, "Bad Request");
        private static final Refusal VERSION = new Refusal(505, "HTTP Version Not Supported");
        private static final Refusal CODING = new Refusal(501, "Not Implemented");
        private static final Refusal EXPECTATION = new Refusal(417, "Expectation Failed");
    }

    /** Leaves of the target what the server's own rules are about, its path; null if nothing is wrong with the head. */
    public static @Nullable Refusal shorten(HttpRequest head) {
        var refusal = check(head);
        if (refusal != null) {
            return refusal;
        }
        RequestTarget.shorten(head);
        return checkExpectation(head);
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
        return namesItsHost(head) && RequestTarget.isKnown(head.uri()) ? ofCodings(head) : Refusal.BAD;
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
    public static Refusal ofBrokenBody(Throwable cause) {
        return cause instanceof TooLongHttpHeaderException ? ofFailure(cause) : Refusal.BAD;
    }

    /**
     * "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks a Host header
     * field and to any request message that contains more than one Host header field line or a Host header field with an invalid
     * field value": RFC 9112, 3.2.
     */
    private static boolean namesItsHost(HttpRequest head) {
        var hosts = head.headers().getAll(HttpHeaderNames.HOST);
        return hosts.isEmpty()
                ? head.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0
                : hosts.size() == 1 && isHost(hosts.get(0));
    }

    /** Whether a text is a host, with or without a port. */
    static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    /**
     * "A server that receives a request message with a transfer coding it does not understand SHOULD respond with 501", but where
     * {@code chunked} is not the last one, or not applied once, nobody knows where the body ends: RFC 9112, 6.1 and 6.3.
     */
    private static @Nullable Refusal ofCodings(HttpRequest head) {
        var lines = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (lines.isEmpty()) {
            return null;
        }
        var codings = String.join(",", lines).split(",", -1);
        long chunked = Arrays.stream(codings).filter(HeadRules::isChunked).count();
        if (chunked != 1 || !isChunked(codings[codings.length - 1])) {
            return Refusal.BAD;
        }
        // "A recipient MUST parse and ignore a reasonable number of empty list elements": RFC 9110, 5.6.1.
        long all = Arrays.stream(codings).filter(coding -> !coding.isBlank()).count();
        return all == 1 ? null : Refusal.CODING;
    }

    private static boolean isChunked(String coding) {
        return coding.strip().equalsIgnoreCase("chunked");
    }

    /** Whether the client waits for 100 before it sends the body. */
    public static boolean awaitsContinue(HttpRequest head) {
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
