package io.sockeye.server.internal.handlers;

import io.sockeye.server.AnyHandler;
import io.sockeye.server.DisconnectHandler;
import io.sockeye.server.SocketHandlers;
import io.sockeye.server.UpgradeHandler;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where handlers of all that happens to sockets are added.
 *
 * @param <S> what users hold
 */
public abstract class SocketRegistry<S extends SocketHandlers<S>> extends EventRegistry<S>
        implements SocketHandlers<S> {
    @Override
    @Nullable
    public Executor executor() {
        return null;
    }

    @Override
    public ExecutorHandlers withExecutor(Executor executor) {
        return new ExecutorHandlers(handlers(), Objects.requireNonNull(executor), handling());
    }

    @Override
    public ExecutorHandlers withEventLoop() {
        return new ExecutorHandlers(handlers(), HandlerExecutor.EVENT_LOOP, handling());
    }

    @Override
    public S onAny(AnyHandler handler) {
        handlers().any().add(Objects.requireNonNull(handler));
        return self();
    }

    @Override
    public S prependAny(AnyHandler handler) {
        handlers().any().add(0, Objects.requireNonNull(handler));
        return self();
    }

    @Override
    public S offAny() {
        handlers().any().clear();
        return self();
    }

    @Override
    public S offAny(AnyHandler handler) {
        handlers().any().remove(handler);
        return self();
    }

    @Override
    public S onAnyOutgoing(AnyHandler handler) {
        handlers().anyOutgoing().add(Objects.requireNonNull(handler));
        return self();
    }

    @Override
    public S prependAnyOutgoing(AnyHandler handler) {
        handlers().anyOutgoing().add(0, Objects.requireNonNull(handler));
        return self();
    }

    @Override
    public S offAnyOutgoing() {
        handlers().anyOutgoing().clear();
        return self();
    }

    @Override
    public S offAnyOutgoing(AnyHandler handler) {
        handlers().anyOutgoing().remove(handler);
        return self();
    }

    @Override
    public S onUpgrade(UpgradeHandler handler) {
        handlers().upgrade().add(Objects.requireNonNull(handler));
        return self();
    }

    @Override
    public S onDisconnecting(DisconnectHandler handler) {
        handlers().disconnecting().add(Objects.requireNonNull(handler));
        return self();
    }

    @Override
    public S onDisconnect(DisconnectHandler handler) {
        handlers().disconnect().add(Objects.requireNonNull(handler));
        return self();
    }
}
