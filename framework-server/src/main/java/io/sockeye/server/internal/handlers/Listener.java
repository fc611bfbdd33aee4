package io.sockeye.server.internal.handlers;

import io.sockeye.server.EventHandler;
import io.sockeye.server.Handler;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A handler of an event as it was added.
 *
 * @param original what the user gave, by which it is taken back
 * @param executor where it runs; null for where the namespace's handlers run
 * @param once whether it is taken back at its first event
 */
public record Listener(
        Handler original, EventHandler handler, @Nullable Executor executor, boolean once) {
    Listener(Handler original, EventHandler handler) {
        this(original, handler, null, false);
    }
}
