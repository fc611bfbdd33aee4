package io.sockeye.server.internal.server;

import io.sockeye.concurrent.Causes;
import io.sockeye.server.http.ConnectionError;
import io.sockeye.server.http.HeaderHook;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.RequestRefused;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.context.ServerSettings;
import io.sockeye.server.internal.http.HttpCallbacks;
import io.sockeye.server.internal.http.HttpSettings;
import io.sockeye.server.internal.http.Legacy;
import io.sockeye.server.internal.threads.HandlerExecutor;
import io.sockeye.server.internal.threads.UserCalls;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Calls the user's code about HTTP, and reports what it throws. Any thread. */
final class UserHttp {
    /** Requests are answered before they are told of: a slow handler must not make them pile up. */
    private static final int MAX_WAITING_ERRORS = 1_000;

    private final ServerSettings settings;
    private final ServerContext context;
    private final UserCalls calls;

    UserHttp(ServerSettings settings, ServerContext context) {
        this.settings = settings;
        this.context = context;
        this.calls = context.calls();
    }

    HttpSettings httpSettings() {
        return new HttpSettings(
                settings.addTrailingSlash ? settings.path : settings.path.substring(0, settings.path.length() - 1),
                settings.transports,
                settings.cors,
                settings.serveClient,
                new Legacy(settings.allowEIO3, settings.jsonp),
                settings.maxPayload,
                callbacks(),
                settings.cookie,
                settings.compression,
                settings.deflate,
                settings.proxies,
                context.memory().in(),
                context.memory().out());
    }

    private HttpCallbacks callbacks() {
        var every = settings.headers == null ? null : guard(settings.headers);
        var initial = settings.initialHeaders == null ? null : guard(settings.initialHeaders);
        var handshake = initial == null || every == null ? initial : initial.then(every);
        return new HttpCallbacks(
                settings.routes == null ? null : this::answer,
                settings.check == null ? null : this::check,
                every,
                handshake == null ? every : handshake,
                settings.connectionErrors == null ? null : refused(settings.connectionErrors),
                calls::report);
    }

    private Consumer<ConnectionError> refused(Consumer<ConnectionError> handler) {
        var waiting = new Semaphore(MAX_WAITING_ERRORS);
        return error -> {
            if (waiting.tryAcquire()) {
                tell(handler, error).whenComplete((told, failure) -> {
                    waiting.release();
                    if (failure != null) { // The executor takes no call.
                        calls.report(Causes.of(failure), connectionErrors(error));
                    }
                });
            }
        };
    }

    private CompletableFuture<?> tell(Consumer<ConnectionError> handler, ConnectionError error) {
        Supplier<String> where = () -> connectionErrors(error);
        return call(
                () -> calls.guardAnywhere(
                        () -> handler.accept(error), where, failure -> calls.report(failure, where.get())),
                context.handlers());
    }

    private static String connectionErrors(ConnectionError error) {
        return "connection error handler of " + error.request();
    }

    private HeaderHook guard(HeaderHook hook) {
        return (headers, request) -> calls.alone(null, () -> {
            try {
                var changed = calls.watched(() -> hook.apply(headers, request), () -> headerHook(request));
                return Objects.requireNonNull(changed, "the header hook returned null");
            } catch (Throwable e) {
                calls.report(e, headerHook(request));
                return headers;
            }
        });
    }

    private static String headerHook(HttpRequest request) {
        return "header hook of " + request;
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request) {
        return call(() -> startAnswer(request), routesExecutor())
                .thenCompose(answer -> answer)
                .handle((response, failure) -> failure == null ? response : failed(request, failure));
    }

    private Executor routesExecutor() {
        boolean onLoop = context.routes() == HandlerExecutor.EVENT_LOOP;
        return onLoop && settings.routesBlock ? ForkJoinPool.commonPool() : context.routes();
    }

    private CompletionStage<HttpResponse> startAnswer(HttpRequest request) {
        try {
            var routes = Objects.requireNonNull(settings.routes);
            var answer = calls.watched(() -> routes.handle(request), () -> httpHandler(request));
            return Objects.requireNonNull(answer, "the HTTP handler returned null")
                    .thenApply(response -> Objects.requireNonNull(response, "the HTTP handler returned null"));
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private HttpResponse failed(HttpRequest request, Throwable failure) {
        calls.report(Causes.of(failure), httpHandler(request));
        return HttpResponse.text(500, "Internal Server Error");
    }

    private static String httpHandler(HttpRequest request) {
        return "HTTP handler of " + request;
    }

    private CompletionStage<Optional<String>> check(HttpRequest request) {
        return call(() -> startCheck(request), context.admission())
                .thenCompose(check -> check)
                .handle((allowed, failure) -> {
                    return failure == null ? Optional.empty() : Optional.of(refusal(request, failure));
                });
    }

    private CompletionStage<?> startCheck(HttpRequest request) {
        try {
            var chosen = Objects.requireNonNull(settings.check);
            var check = calls.watched(() -> chosen.check(request), () -> requestCheck(request));
            return Objects.requireNonNull(check, "the request check returned null");
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private String refusal(HttpRequest request, Throwable failure) {
        var cause = Causes.of(failure);
        if (cause instanceof RequestRefused refused) {
            return refused.getMessage();
        }
        calls.report(cause, requestCheck(request));
        return RequestRefused.FORBIDDEN;
    }

    private static String requestCheck(HttpRequest request) {
        return "request check of " + request;
    }

    /** A server that stops takes no more tasks, and an executor of the user's may do anything: the answer fails. */
    private <T> CompletableFuture<T> call(Supplier<T> code, Executor executor) {
        try {
            return CompletableFuture.supplyAsync(() -> calls.alone(executor, code), executor);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
