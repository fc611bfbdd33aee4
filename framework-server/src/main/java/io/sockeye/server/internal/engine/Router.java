package io.sockeye.server.internal.engine;

import io.sockeye.engine.memory.Budget;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.Host;
import io.sockeye.server.host.Loop;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.Query;
import io.sockeye.server.internal.http.Call;
import io.sockeye.server.internal.http.CorsHeaders;
import io.sockeye.server.internal.http.EngineError;
import io.sockeye.server.internal.http.HttpSettings;
import io.sockeye.server.internal.http.LogPause;
import io.sockeye.server.internal.http.PayloadHint;
import io.sockeye.server.internal.http.Proxies;
import io.sockeye.server.internal.http.Sid;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Sends each request where it belongs: browser client, protocol or the user's routes. Any thread. */
public final class Router implements Host.Handler {
    /** Of the memory for what clients send, and for what they have not taken, for requests that belong to no session. */
    private static final int SHARE_OF_MEMORY = 2;

    private final HttpSettings settings;
    private final CorsHeaders cors;
    private final EngineEndpoint engine;
    private final ClientFiles clientFiles = new ClientFiles();
    private final Proxies proxies;
    private final PayloadHint payloadHint;
    /** What the application's routes are sent, of each loop. */
    private final Map<Integer, RouteBodies> bodies = new ConcurrentHashMap<>();

    private final LogPause bodiesPause = new LogPause();
    private final long bodiesLimit;
    /** What has not left of the answers to them and of files, of each loop. */
    private final Map<Integer, RouteAnswers> answers = new ConcurrentHashMap<>();

    private final LogPause answersPause = new LogPause();
    private final long answersLimit;
    /** How a path begins that is below that of the settings. */
    private final String below;

    private final ForeignSessions foreign;

    /** @param sessions those of each loop, by its index */
    public Router(HttpSettings settings, List<? extends Sessions> sessions) {
        this(settings, sessions, ForeignSessions.NONE);
    }

    /**
     * @param sessions those of each loop, by its index
     * @param foreign those of other servers
     */
    public Router(HttpSettings settings, List<? extends Sessions> sessions, ForeignSessions foreign) {
        this.foreign = foreign;
        this.settings = settings;
        this.payloadHint = new PayloadHint(settings.maxPayload());
        this.bodiesLimit = Math.max(
                settings.maxPayload(), settings.memory().limitBytes() / SHARE_OF_MEMORY / Math.max(1, sessions.size()));
        this.answersLimit = settings.unsent().limitBytes() / SHARE_OF_MEMORY / Math.max(1, sessions.size());
        this.cors = new CorsHeaders(settings.cors(), settings.callbacks().failures());
        this.engine = new EngineEndpoint(settings, cors, sessions, payloadHint);
        this.proxies = new Proxies(settings.proxies());
        this.below = settings.path().endsWith("/") ? settings.path() : settings.path() + "/";
    }

    @Override
    public Budget memory() {
        return settings.memory();
    }

    @Override
    public void handle(Exchange exchange) {
        try {
            if (foreign == ForeignSessions.NONE || !isForeign(exchange)) {
                route(exchange);
            }
        } catch (Throwable e) {
            exchange.fail(e);
        }
    }

    /** Answers a request that another server has received: no third one is asked, or it might never end. */
    public void handleForwarded(Exchange exchange) {
        route(exchange);
    }

    private void route(Exchange exchange) {
        var call = call(exchange);
        call.guard(() -> route(call));
    }

    private void route(Call call) {
        String path = path(call.uri());
        if (!isOurs(path)) {
            routeToUser(call);
            return;
        }
        if (cors.answer(call)) {
            return;
        }
        String rest = path.substring(Math.min(path.length(), below.length()));
        if (settings.serveClient() && isRead(call) && clientFiles.serve(rest, call, answers(call.loop()))) {
            return;
        }
        engine.handle(call);
    }

    /** Whether another server answers. */
    private boolean isForeign(Exchange exchange) {
        if (!isOurs(path(exchange.uri()))) {
            return false;
        }
        var node = Query.of(exchange.uri()).first("sid").map(Sid::nodeOf).orElse("");
        return !node.isEmpty() && foreign.forward(node, exchange);
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** Whether a path is that of the settings or below it. */
    private boolean isOurs(String path) {
        return path.startsWith(below) || path.equals(settings.path());
    }

    /** A page may read why, if it may talk to the server at all. */
    @Override
    public void refuse(Exchange exchange, int status, String text) {
        var call = call(exchange);
        call.guard(() -> {
            if (isOurs(path(call.uri()))) {
                cors.add(call);
                engine.tellRefused(call, EngineError.BAD_REQUEST, text);
            }
            call.reject(status, text);
        });
    }

    private Call call(Exchange exchange) {
        return new Call(exchange, proxies, payloadHint, settings.callbacks().failures());
    }

    private static boolean isRead(Call call) {
        var method = call.method();
        return method.equals("GET") || method.equals("HEAD");
    }

    private void routeToUser(Call call) {
        var routes = settings.callbacks().routes();
        if (routes == null) {
            var none = HttpResponse.notFound();
            call.respond(none.status(), none.headers(), none.body()); // Nobody wants the body: it is not kept.
            return;
        }
        bodies(call.loop()).read(call, settings.maxPayload(), body -> {
            var answer = routes.apply(call.snapshot().withBody(body.content()));
            var loop = call.loop();
            answer.whenComplete((response, failure) -> loop.execute(body::close));
            answer(call, answer);
        });
    }

    private RouteBodies bodies(Loop loop) {
        return bodies.computeIfAbsent(
                loop.index(), index -> new RouteBodies(settings.memory(), bodiesLimit, bodiesPause));
    }

    private RouteAnswers answers(Loop loop) {
        return answers.computeIfAbsent(
                loop.index(), index -> new RouteAnswers(settings.unsent(), answersLimit, answersPause));
    }

    private void answer(Call call, CompletionStage<HttpResponse> answer) {
        call.await(
                answer,
                (response, failure) -> answers(call.loop())
                        .send(call, failure == null ? response : HttpResponse.text(500, "Internal Server Error")));
    }
}
