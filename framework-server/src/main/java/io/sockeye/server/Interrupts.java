package io.sockeye.server;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * Whether the interruption of a thread is meant for one handler or for all that still want to run. Several handlers have
 * a thread one after another: what one of them leaves must not make the next one fail. Any thread.
 */
final class Interrupts {
    /** The user's executors that can be shut down, which interrupts their threads; guarded by itself. */
    private final Set<ExecutorService> services = Collections.newSetFromMap(new WeakHashMap<>());
    /** Whether the server stops: it interrupts what takes too long. */
    private volatile boolean kept;

    /** Handlers will run on this executor of the user's. */
    void mayCome(Executor executor) {
        if (executor instanceof ExecutorService service) {
            synchronized (services) {
                services.add(service);
            }
        }
    }

    /** From now on interruptions are meant for all; called before the first one that is. */
    void keep() {
        kept = true;
    }

    /** A handler has ended: forgets that the present thread was interrupted, unless that is meant for all. */
    void forget() {
        if (Thread.interrupted() && isMeantForAll()) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isMeantForAll() {
        if (kept) {
            return true;
        }
        synchronized (services) {
            return services.stream().anyMatch(ExecutorService::isShutdown);
        }
    }
}
