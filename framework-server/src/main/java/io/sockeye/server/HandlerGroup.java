package io.sockeye.server;

import io.sockeye.json.Json;
import java.util.concurrent.Executor;

/**
 * Adds handlers that run elsewhere than the others of a namespace or socket; see {@link HandlerScope#withExecutor}. Any
 * thread.
 *
 * <pre>{@code
 * server.withExecutor(pool).on("report", String.class, (socket, name) -> socket.emit("report", write(name)));
 * server.withEventLoop().on("move", (socket, args) -> socket.asVolatile().to("game").emit("moved", args.value(0)));
 * }</pre>
 */
public final class HandlerGroup extends EventScope<HandlerGroup> {
    private final Handlers handlers;
    private final Executor executor;
    private final Json json;

    HandlerGroup(Handlers handlers, Executor executor, Json json) {
        this.json = json;
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
    Json json() {
        return json;
    }

    @Override
    Executor executor() {
        return executor;
    }
}
