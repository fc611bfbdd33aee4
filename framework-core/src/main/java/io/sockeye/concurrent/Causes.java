package io.sockeye.concurrent;

import io.sockeye.event.Args;
import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.JsonException;
import io.sockeye.json.Peer;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** The causes of failed futures and handlers. */
public final class Causes {
    private Causes() {}

    /** The failure without the exceptions that futures wrap around it, at any depth. */
    public static Throwable of(Throwable failure) {
        var cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /**
     * The failure of a handler of an event that {@code sender} sent. A {@link JsonException} about the event's
     * arguments becomes an {@link UnexpectedArgumentsException}; one about another value, such as an answer or another
     * event, stays.
     */
    public static Throwable of(Throwable failure, Peer sender, Args event) {
        var cause = of(failure);
        return cause instanceof JsonException json
                        && json.isAbout(sender)
                        && !json.isAboutAnswer()
                        && event.mayHaveCaused(json)
                ? new UnexpectedArgumentsException(json)
                : cause;
    }
}
