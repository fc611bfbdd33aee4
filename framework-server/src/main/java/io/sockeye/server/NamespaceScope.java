package io.sockeye.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A {@link HandlerScope} that decides who may join and is told of those who did.
 *
 * @param <S> the type itself
 */
public abstract sealed class NamespaceScope<S extends NamespaceScope<S>> extends HandlerScope<S>
        permits SocketServer, Namespace, DynamicNamespace {
    NamespaceScope() {}

    /** The checks of those who want to join, in order. */
    abstract List<AsyncMiddleware> middleware();

    /** Has each client that wants to join checked, after the checks that were added before. */
    public S use(Middleware check) {
        return useAsync(context -> {
            check.check(context);
            return CompletableFuture.completedFuture(null);
        });
    }

    /** Has each client that wants to join checked, which may take its time without holding a thread. */
    public S useAsync(AsyncMiddleware check) {
        middleware().add(check);
        return self();
    }

    /** Has each event that arrives checked before any handler sees it. */
    public S useForEvents(EventMiddleware check) {
        handlers().middleware().add(check);
        return self();
    }

    /** Calls the handler for each new socket, before any of its events. */
    public S onConnection(ConnectionHandler handler) {
        handlers().connection().add(handler);
        return self();
    }
}
