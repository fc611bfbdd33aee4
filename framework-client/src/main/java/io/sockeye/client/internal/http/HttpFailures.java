package io.sockeye.client.internal.http;

import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.client.internal.transport.TransportFailure.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Translates failures of the JDK's HTTP client, and unexpected answers, to {@link TransportFailure}s. */
final class HttpFailures {
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    private static final int EXCERPT = 200;
    private static final int SWITCHING_PROTOCOLS = 101;
    /** How much of a body is searched for an error: the pattern needs stack space for each character. */
    private static final int SEARCHED = 1_000;
    /** {@code {"code":5,"message":"Unsupported protocol version"}}, as Engine.IO servers answer. */
    private static final Pattern ENGINE_ERROR =
            Pattern.compile("\\{\\s*\"code\"\\s*:\\s*(\\d+)\\s*,\\s*\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)");

    private static final String UNSUPPORTED_VERSION = "5";
    private static final String CLOSED = "the connection was closed before the answer";
    /** The JDK does not mention it in its message, and has no other setting. */
    private static final String NO_BASIC =
            "; the JDK sends none by Basic for tunnels unless -Djdk.http.auth.tunneling.disabledSchemes= is set";

    private HttpFailures() {}

    /** The failure of a request that was to open a session. */
    static TransportFailure ofHandshake(Throwable thrown) {
        var failure = of(thrown);
        return failure.message().equals(CLOSED)
                ? new TransportFailure(failure.kind(), CLOSED + "; perhaps the server expects https", failure.cause())
                : failure;
    }

    static TransportFailure of(Throwable thrown) {
        var cause = unwrapped(thrown);
        if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
            return refused.getResponse().statusCode() == SWITCHING_PROTOCOLS
                    ? new TransportFailure(Kind.PROTOCOL, "no WebSocket: " + describe(cause), cause)
                    : of(refused.getResponse(), cause);
        }
        if (cause instanceof FreshHeaders.Unknown unknown) {
            return new TransportFailure(Kind.HEADERS, String.valueOf(unknown.getMessage()), unknown.getCause());
        }
        if (cause instanceof ProxyFailures.AtProxy) {
            return new TransportFailure(Kind.PROXY, String.valueOf(cause.getMessage()), cause.getCause());
        }
        if (cause instanceof ProxyFailures.WrongPassword) {
            return new TransportFailure(Kind.HTTP_STATUS, String.valueOf(cause.getMessage()), cause.getCause());
        }
        return new TransportFailure(kind(cause), describe(cause), cause);
    }

    static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private static Kind kind(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Kind kind = kindAlone(cause);
            if (kind != null) {
                return kind;
            }
        }
        return isUnreachable(thrown) ? Kind.UNREACHABLE : Kind.CONNECTION_LOST;
    }

    /** Checked last: the JDK also wraps unknown hosts and timeouts in a ConnectException. */
    private static boolean isUnreachable(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Kind kindAlone(Throwable cause) {
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return Kind.UNKNOWN_HOST;
        }
        if (cause instanceof SSLException) {
            return Kind.TLS;
        }
        if (cause instanceof HttpTimeoutException) {
            return Kind.TIMEOUT;
        }
        var message = String.valueOf(cause.getMessage());
        if (message.contains("Tunnel failed") || message.contains("Proxy-Authenticate header missing")) {
            return Kind.PROXY;
        }
        return cause instanceof ProtocolException ? Kind.PROTOCOL : null;
    }

    /** The innermost message, since outer ones often say nothing; replaced or extended where it is missing or misleading. */
    static String describe(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the host's name is not known";
            }
        }
        var message = innermost(thrown);
        if (message.contains("Tunnel failed, got: 407")) {
            return message + NO_BASIC;
        }
        if (message.contains("plaintext connection")) {
            return message + " Perhaps the server expects http.";
        }
        return message.contains("EOF reached while reading") ? CLOSED : message;
    }

    private static String innermost(Throwable thrown) {
        String message = thrown.getMessage();
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            message = cause.getMessage() == null ? message : cause.getMessage();
        }
        if (message != null && !message.isEmpty()) {
            return message;
        }
        return thrown instanceof ConnectException
                ? "nobody listens there"
                : thrown.getClass().getSimpleName();
    }

    /** The failure of an answer with an unexpected status. */
    static TransportFailure of(HttpResponse<?> response, @Nullable Throwable cause) {
        int status = response.statusCode();
        String body = text(response.body());
        var error = ENGINE_ERROR.matcher(body.substring(0, Math.min(body.length(), SEARCHED)));
        if (error.lookingAt()) {
            var kind = error.group(1).equals(UNSUPPORTED_VERSION) ? Kind.PROTOCOL_VERSION : Kind.HTTP_STATUS;
            return new TransportFailure(kind, "HTTP " + status + ": " + excerpt(error.group(2)), cause);
        }
        if (status == PROXY_AUTHENTICATION_REQUIRED) {
            return new TransportFailure(
                    Kind.PROXY, "HTTP 407: the proxy wants credentials" + (cause == null ? "" : NO_BASIC), cause);
        }
        Optional<String> location = response.headers().firstValue("location");
        if (status / 100 == 3 && location.isPresent()) {
            return new TransportFailure(
                    Kind.HTTP_STATUS, "HTTP %d: redirected to %s".formatted(status, location.get()), cause);
        }
        return new TransportFailure(
                Kind.HTTP_STATUS, body.isBlank() ? "HTTP " + status : "HTTP " + status + ": " + excerpt(body), cause);
    }

    private static String text(@Nullable Object body) {
        if (body instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return body instanceof String text ? text : "";
    }

    static String excerpt(String body) {
        var line = body.strip().replaceAll("\\s+", " ");
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "…";
    }
}
