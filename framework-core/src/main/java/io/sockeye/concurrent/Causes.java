package io.sockeye.concurrent;

import io.sockeye.event.Args;
import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.JsonException;
import io.sockeye.json.Peer;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What made futures and handlers fail. */
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

    /**
     * What a handler of an event with these arguments, which this side has sent, has failed with. That the handler could not read
     * them is called so; that it could not read something else, such as an answer or another event, is not.
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
