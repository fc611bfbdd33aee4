package io.sockeye.concurrent;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What made futures fail. */
public final class Causes {
    private Causes() {}

    /** What failed, without what futures wrap around it, however often they did. */
    public static Throwable of(Throwable failure) {
        var cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
