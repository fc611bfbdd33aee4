package io.sockeye.server.netty;

import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the application does about HTTP. Called on event loops; none of them blocks or throws there.
 *
 * @param routes answers requests outside the path
 * @param check why a handshake is refused, or empty if it is not; null if all are welcome
 */
public record HttpCallbacks(
        Function<HttpRequest, CompletionStage<HttpResponse>> routes,
        @Nullable Function<HttpRequest, CompletionStage<Optional<String>>> check) {}
