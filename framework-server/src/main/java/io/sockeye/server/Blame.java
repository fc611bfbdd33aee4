package io.sockeye.server;

import io.sockeye.concurrent.Causes;
import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.DisconnectedException;
import io.sockeye.event.Rejection;
import io.sockeye.event.UnexpectedArgumentsException;
import io.sockeye.json.JsonException;
import io.sockeye.json.Peer;

/**
 * Tells what clients do wrong, which they can repeat as often as they like, from what is wrong with this process. An
 * exception is a client's fault only if it says that it is about what a client sent or did not answer. Whatever else user
 * code lets pass is this process's, also what a server does wrong that it is a client of.
 */
final class Blame {
    private Blame() {}

    /** What failed, without what futures wrap around it; arguments of a client's event that do not fit are called so. */
    static Throwable cause(Throwable error) {
        return Causes.of(error, Peer.CLIENT);
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
                || (cause instanceof JsonException json && json.isAbout(Peer.CLIENT))
                || (cause instanceof AckTimeoutException late && late.peer() == Peer.CLIENT)
                || (cause instanceof DisconnectedException gone && gone.peer() == Peer.CLIENT);
    }
}
