package io.sockeye.server.internal.http;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HttpHeaders;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The headers by which a browser learns whether a page of another origin may read the answer. */
public final class CorsHeaders {
    private static final Logger log = LoggerFactory.getLogger(CorsHeaders.class);

    /** Of how many refused origins the log tells. */
    private static final int MAX_TOLD = 50;

    private final Cors cors;
    private final BiConsumer<Throwable, String> failures;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** @param failures is told what the user's predicate throws, and where */
    public CorsHeaders(Cors cors, BiConsumer<Throwable, String> failures) {
        this.cors = cors;
        this.failures = failures;
    }

    /**
     * Adds the headers to whatever the answer will be, and answers a preflight by itself.
     *
     * @return whether the request is answered
     */
    public boolean answer(Call call) {
        boolean varies = add(call);
        if (cors.equals(Cors.NONE) || !call.method().equals("OPTIONS")) {
            return false;
        }
        answerPreflight(call, varies);
        return true;
    }

    /**
     * Adds the headers to whatever the answer will be.
     *
     * @return whether they depend on the origin
     */
    public boolean add(Call call) {
        if (!mayConnect(call)) {
            tellOnce(String.valueOf(call.list("origin")), String.valueOf(call.header("host")));
        }
        if (cors.equals(Cors.NONE)) {
            return false;
        }
        String origin = call.list("origin");
        var allowed = origin == null ? cors.withoutOrigin() : allowedOrigin(origin);
        allowed.ifPresent(value -> {
            call.addHeader("access-control-allow-origin", value);
            if (cors.credentials()) {
                call.addHeader("access-control-allow-credentials", "true");
            }
        });
        boolean varies = allowed.isEmpty() || !allowed.get().equals("*");
        if (varies) {
            call.addHeader("vary", "Origin");
        }
        return varies;
    }

    /** What the user's predicate throws refuses the origin. */
    private Optional<String> allowedOrigin(String origin) {
        try {
            return cors.allowedOrigin(origin);
        } catch (Throwable e) {
            failures.accept(e, "CORS predicate for origin " + origin);
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
    private static void answerPreflight(Call call, boolean byOrigin) {
        String asked = "Access-Control-Request-Headers";
        call.addHeader("vary", byOrigin ? "Origin, " + asked : asked);
        call.addHeader("access-control-allow-methods", "GET,HEAD,PUT,PATCH,POST,DELETE");
        String requested = call.list("access-control-request-headers");
        if (requested != null) {
            call.addHeader("access-control-allow-headers", requested);
        }
        call.keepConnection(); // For the request itself.
        call.respond(204, HttpHeaders.NONE, Bytes.EMPTY);
    }

    /** Whether the request comes from no page, from a page of this server, or from an allowed one. */
    public boolean mayConnect(Call call) {
        String origin = call.list("origin");
        return origin == null
                || SameOrigin.holds(origin, call)
                || allowedOrigin(origin).isPresent();
    }
}
