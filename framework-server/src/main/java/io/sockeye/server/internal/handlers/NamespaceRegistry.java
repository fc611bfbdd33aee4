package io.sockeye.server.internal.handlers;

import io.sockeye.server.AsyncMiddleware;
import io.sockeye.server.ConnectionHandler;
import io.sockeye.server.EventMiddleware;
import io.sockeye.server.Middleware;
import io.sockeye.server.NamespaceHandlers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Where middleware and handlers of those who join are added.
 *
 * @param <S> what users hold
 */
public abstract class NamespaceRegistry<S extends NamespaceHandlers<S>> extends SocketRegistry<S>
        implements NamespaceHandlers<S> {
    /** The checks of those who want to join, in order. */
    public abstract List<AsyncMiddleware> middleware();

    @Override
    public S use(Middleware check) {
        Objects.requireNonNull(check);
        return useAsync(context -> {
            check.check(context);
            return CompletableFuture.completedFuture(null);
        });
    }

    @Override
    public S useAsync(AsyncMiddleware check) {
        middleware().add(Objects.requireNonNull(check));
        return self();
    }

    @Override
    public S useForEvents(EventMiddleware check) {
        handlers().middleware().add(Objects.requireNonNull(check));
        return self();
    }

    @Override
    public S onConnection(ConnectionHandler handler) {
        handlers().connection().add(Objects.requireNonNull(handler));
        return self();
    }

    @Override
    public S register(Object annotated) {
        AnnotatedHandlers.of(annotated, handling()).applyTo(this);
        return self();
    }
}
