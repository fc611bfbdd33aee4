package io.sockeye.server.internal.http;

import io.sockeye.server.http.ConnectionError;
import io.sockeye.server.http.HeaderHook;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the application does about HTTP. Called on event loops; none of them blocks or throws there.
 *
 * @param routes answers requests outside the path; null if nothing is there
 * @param headers changes those of the answers below the path; null for none
 * @param handshakeHeaders changes those of an answer that opens a session, instead; null for none
 * @param check why a handshake is refused, or empty if it is not; null if all are welcome
 * @param refused is told of what is refused; null if nobody wants to know
 * @param failures is told what else of the application's has failed, or what bug, and where
 */
public record HttpCallbacks(
        @Nullable Function<HttpRequest, CompletionStage<HttpResponse>> routes,
        @Nullable Function<HttpRequest, CompletionStage<Optional<String>>> check,
        @Nullable HeaderHook headers,
        @Nullable HeaderHook handshakeHeaders,
        @Nullable Consumer<ConnectionError> refused,
        BiConsumer<Throwable, String> failures) {
    private static final Logger log = LoggerFactory.getLogger(HttpCallbacks.class);

    /** Routes and nothing else; failures are logged. */
    public HttpCallbacks(Function<HttpRequest, CompletionStage<HttpResponse>> routes) {
        this(routes, null, null, null, null, (error, where) -> log.error("{} failed", where, error));
    }
}
