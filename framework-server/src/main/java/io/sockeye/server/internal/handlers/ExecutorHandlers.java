package io.sockeye.server.internal.handlers;

import io.sockeye.server.HandlerGroup;
import java.util.concurrent.Executor;

/** Adds handlers that run on an executor of their own. Any thread. */
final class ExecutorHandlers extends EventRegistry<HandlerGroup> implements HandlerGroup {
    private final Handlers handlers;
    private final Executor executor;
    private final Handling handling;

    ExecutorHandlers(Handlers handlers, Executor executor, Handling handling) {
        this.handling = handling;
        this.handlers = handlers;
        this.executor = executor;
    }

    @Override
    public ExecutorHandlers self() {
        return this;
    }

    @Override
    public Handlers handlers() {
        return handlers;
    }

    @Override
    public Handling handling() {
        return handling;
    }

    @Override
    public Executor executor() {
        return executor;
    }
}
