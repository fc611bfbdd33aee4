package io.sockeye.server.internal.handlers;

import io.sockeye.concurrent.Causes;
import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Args;
import io.sockeye.event.DisconnectedException;
import io.sockeye.event.Rejection;
import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.JsonException;
import io.sockeye.json.Peer;
import io.sockeye.server.EventRefused;

/**
 * Tells what clients do wrong, which they can repeat as often as they like, from what is wrong with this process. An
 * exception is a client's fault only if it says that it is about what a client sent or did not answer. Whatever else user
 * code lets pass is this process's, also what a server does wrong that it is a client of.
 */
public final class Blame {
    private Blame() {}

    /** What failed at an event, without what futures wrap around it; that its arguments do not fit is called so. */
    static Throwable cause(Throwable error, Args event) {
        return Causes.of(error, Peer.CLIENT, event);
    }

    /** Whether it refuses a client on purpose, which is nobody's fault. */
    static boolean isRefusal(Throwable error) {
        var cause = Causes.of(error);
        return cause instanceof Rejection || cause instanceof EventRefused;
    }

    /** Whether clients can bring it about, by what they send or by not answering. */
    public static boolean isOfClient(Throwable error) {
        var cause = Causes.of(error);
        return cause instanceof UnexpectedArgumentsException
                || (cause instanceof JsonException json && json.isAbout(Peer.CLIENT))
                || (cause instanceof AckTimeoutException late && late.peer() == Peer.CLIENT)
                || (cause instanceof DisconnectedException gone && gone.peer() == Peer.CLIENT);
    }
}
