package io.sockeye.server;

import io.sockeye.concurrent.Causes;
import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.DisconnectedException;
import io.sockeye.event.Rejection;
import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.JsonException;

/** Tells what clients do wrong, which they can repeat as often as they like, from what is wrong with the user's code. */
final class Blame {
    private Blame() {}

    /** What failed, without what futures wrap around it; arguments that do not fit are called so. */
    static Throwable cause(Throwable error) {
        var cause = Causes.of(error);
        return cause instanceof JsonException json && json.whileReading()
                ? new UnexpectedArgumentsException(json)
                : cause;
    }

    /** Whether it refuses a client on purpose, which is nobody's fault. */
    static boolean isRefusal(Throwable error) {
        var cause = cause(error);
        return cause instanceof Rejection || cause instanceof EventRefused;
    }

    /** Whether clients can bring it about, by what they send or by not answering. */
    static boolean isOfClient(Throwable error) {
        var cause = cause(error);
        return cause instanceof UnexpectedArgumentsException
                || cause instanceof AckTimeoutException
                || cause instanceof DisconnectedException;
    }
}
