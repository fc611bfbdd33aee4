package io.sockeye.server;

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
    ExecutorHandlers self() {
        return this;
    }

    @Override
    Handlers handlers() {
        return handlers;
    }

    @Override
    Handling handling() {
        return handling;
    }

    @Override
    Executor executor() {
        return executor;
    }
}
