package io.sockeye.server.netty;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HttpHeaders;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The headers by which a browser learns whether a page of another origin may read the answer. */
final class CorsHeaders {
    private static final Logger log = LoggerFactory.getLogger(CorsHeaders.class);

    /** Of how many refused origins the log tells. */
    private static final int MAX_TOLD = 50;

    private final Cors cors;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    CorsHeaders(Cors cors) {
        this.cors = cors;
    }

    /**
     * Adds the headers to whatever the answer will be, and answers a preflight by itself.
     *
     * @return whether the request is answered
     */
    boolean answer(Exchange exchange) {
        boolean varies = add(exchange);
        if (cors.equals(Cors.NONE) || !exchange.head().method().equals(HttpMethod.OPTIONS)) {
            return false;
        }
        answerPreflight(exchange, varies);
        return true;
    }

    /**
     * Adds the headers to whatever the answer will be.
     *
     * @return whether they depend on the origin
     */
    boolean add(Exchange exchange) {
        if (!mayConnect(exchange)) {
            tellOnce(
                    String.valueOf(exchange.list(HttpHeaderNames.ORIGIN)),
                    String.valueOf(exchange.header(HttpHeaderNames.HOST)));
        }
        if (cors.equals(Cors.NONE)) {
            return false;
        }
        String origin = exchange.list(HttpHeaderNames.ORIGIN);
        var allowed = origin == null ? cors.withoutOrigin() : allowedOrigin(origin);
        allowed.ifPresent(value -> {
            exchange.addHeader(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, value);
            if (cors.credentials()) {
                exchange.addHeader(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            }
        });
        boolean varies = allowed.isEmpty() || !allowed.get().equals("*");
        if (varies) {
            exchange.addHeader(HttpHeaderNames.VARY, "Origin");
        }
        return varies;
    }

    /** What the user's predicate throws refuses the origin. */
    private Optional<String> allowedOrigin(String origin) {
        try {
            return cors.allowedOrigin(origin);
        } catch (Throwable e) {
            log.error("the CORS predicate failed for origin {}", origin, e);
            return Optional.empty();
        }
    }

    /** Whoever develops a page wonders why it stays without a connection: the browser tells the page nothing. */
    private void tellOnce(String origin, String host) {
        if (told.size() < MAX_TOLD && told.add(origin)) {
            log.warn(
                    "pages of origin {} may not use this server, which was asked for as Host: {}. Others are allowed by"
                            + " SocketServerBuilder.cors. If it is this server's own, a proxy has changed the host: let it pass"
                            + " on the one that it was asked for (nginx: proxy_set_header Host $http_host; Apache:"
                            + " ProxyPreserveHost On), or X-Forwarded-Host together with SocketServerBuilder.trustProxy",
                    origin,
                    host);
        }
    }

    /** A cache must not answer a preflight for other headers with this one. */
    private static void answerPreflight(Exchange exchange, boolean byOrigin) {
        String asked = "Access-Control-Request-Headers";
        exchange.addHeader(HttpHeaderNames.VARY, byOrigin ? "Origin, " + asked : asked);
        exchange.addHeader(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET,HEAD,PUT,PATCH,POST,DELETE");
        String requested = exchange.list(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        if (requested != null) {
            exchange.addHeader(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, requested);
        }
        exchange.keepConnection(); // For the request itself.
        exchange.respond(204, HttpHeaders.NONE, Bytes.EMPTY);
    }

    /** Whether the request comes from no page, from a page of this server, or from an allowed one. */
    boolean mayConnect(Exchange exchange) {
        String origin = exchange.list(HttpHeaderNames.ORIGIN);
        return origin == null
                || SameOrigin.holds(origin, exchange)
                || allowedOrigin(origin).isPresent();
    }
}
