package io.sockeye.server;

import io.sockeye.event.Args;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** An acknowledgement whose first value is of a generic type. Fails as that for all values does. */
final class GenericAnswer {
    private GenericAnswer() {}

    static <T> CompletableFuture<T> of(CompletableFuture<Args> answer, TypeReference<T> type) {
        var future = new CompletableFuture<T>();
        answer.whenComplete((args, failure) -> complete(future, args, failure, type));
        return future;
    }

    private static <T> void complete(
            CompletableFuture<T> future, @Nullable Args args, @Nullable Throwable failure, TypeReference<T> type) {
        try {
            if (args != null) {
                future.complete(args.get(0, type));
            } else if (failure != null) {
                future.completeExceptionally(failure);
            }
        } catch (RuntimeException e) {
            future.completeExceptionally(e);
        }
    }
}
