package io.sockeye.server.netty;

import io.netty.handler.codec.http.HttpMethod;
import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HttpResponse;
import java.util.concurrent.CompletionStage;

/** Sends each request where it belongs: browser client, protocol or the user's routes. */
final class Router {
    private final HttpSettings settings;
    private final CorsHeaders cors;
    private final EngineEndpoint engine;
    private final ClientFiles clientFiles;
    private final Proxies proxies;
    /** How a path begins that is below that of the settings. */
    private final String below;

    Router(HttpSettings settings, CorsHeaders cors, EngineEndpoint engine, ClientFiles clientFiles) {
        this.settings = settings;
        this.cors = cors;
        this.engine = engine;
        this.clientFiles = clientFiles;
        this.proxies = new Proxies(settings.proxies());
        this.below = settings.path().endsWith("/") ? settings.path() : settings.path() + "/";
    }

    Proxies proxies() {
        return proxies;
    }

    void route(Exchange exchange) {
        if (HeadRules.expectsUnknown(exchange.head())) {
            refuse(exchange, HeadRules.Refusal.EXPECTATION);
            return;
        }
        String path = path(exchange);
        if (!isOurs(path)) {
            routeToUser(exchange);
            return;
        }
        if (cors.answer(exchange)) {
            return;
        }
        String rest = path.substring(Math.min(path.length(), below.length()));
        if (settings.serveClient() && isRead(exchange) && clientFiles.serve(rest, exchange)) {
            return;
        }
        engine.handle(exchange);
    }

    private static String path(Exchange exchange) {
        String uri = exchange.head().uri();
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** Whether a path is that of the settings or below it. */
    private boolean isOurs(String path) {
        return path.startsWith(below) || path.equals(settings.path());
    }

    /** Refuses a request whatever it wants. A page may read why, if it may talk to the server at all. */
    void refuse(Exchange exchange, HeadRules.Refusal refusal) {
        if (isOurs(path(exchange))) {
            cors.add(exchange);
            engine.tellRefused(exchange, EngineError.BAD_REQUEST, refusal.text());
        }
        exchange.reject(refusal.status(), refusal.text());
    }

    private static boolean isRead(Exchange exchange) {
        var method = exchange.head().method();
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private void routeToUser(Exchange exchange) {
        exchange.readBody(
                settings.maxPayload(),
                body -> answer(
                        exchange,
                        settings.callbacks().routes().apply(exchange.snapshot().withBody(body))),
                () -> exchange.respond(413, "text/plain", Bytes.EMPTY));
    }

    private static void answer(Exchange exchange, CompletionStage<HttpResponse> answer) {
        exchange.connection().await(exchange, answer, (response, failure) -> {
            var sent = failure == null ? response : HttpResponse.text(500, "Internal Server Error");
            exchange.respond(sent.status(), sent.headers(), sent.body());
        });
    }
}
