package io.sockeye.server.netty;

import io.netty.handler.codec.http.HttpMethod;
import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.ProxyTrust;
import java.util.concurrent.CompletionStage;

/** Sends each request where it belongs: browser client, protocol or the user's routes. */
final class Router {
    private final HttpSettings settings;
    private final CorsHeaders cors;
    private final EngineEndpoint engine;
    private final ClientFiles clientFiles;
    /** How a path begins that is below that of the settings. */
    private final String below;

    Router(HttpSettings settings, CorsHeaders cors, EngineEndpoint engine, ClientFiles clientFiles) {
        this.settings = settings;
        this.cors = cors;
        this.engine = engine;
        this.clientFiles = clientFiles;
        this.below = settings.path().endsWith("/") ? settings.path() : settings.path() + "/";
    }

    ProxyTrust proxies() {
        return settings.proxies();
    }

    void route(Exchange exchange) {
        String uri = exchange.head().uri();
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        if (!path.startsWith(below) && !path.equals(settings.path())) {
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
