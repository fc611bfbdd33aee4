package io.sockeye.server;

import java.util.concurrent.Executor;

/** Adds handlers that run elsewhere than the others of a namespace or socket; see {@link HandlerScope#withExecutor}. */
public final class HandlerGroup extends EventScope<HandlerGroup> {
    private final Handlers handlers;
    private final Executor executor;

    HandlerGroup(Handlers handlers, Executor executor) {
        this.handlers = handlers;
        this.executor = executor;
    }

    @Override
    HandlerGroup self() {
        return this;
    }

    @Override
    Handlers handlers() {
        return handlers;
    }

    @Override
    Executor executor() {
        return executor;
    }
}
