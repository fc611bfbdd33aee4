package io.sockeye.server.internal.threads;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Whether the interruption of a thread is meant for one handler or for all that still want to run. Several handlers have
 * a thread one after another: what one of them leaves must not make the next one fail. Any thread.
 */
final class Interrupts {
    /** Whether the server stops: it interrupts what takes too long. */
    private volatile boolean kept;

    /** From now on interruptions are meant for all; called before the first one that is. */
    void keep() {
        kept = true;
    }

    /**
     * A handler has ended: forgets that the present thread was interrupted, unless that is meant for all.
     *
     * @param executor the user's that ran it, which interrupts its threads when it is shut down; null if none of his did
     */
    void forget(@Nullable Executor executor) {
        boolean interrupted = Thread.interrupted();
        boolean ended = executor instanceof ExecutorService service && service.isShutdown();
        if (interrupted && (kept || ended)) {
            Thread.currentThread().interrupt();
        }
    }
}
