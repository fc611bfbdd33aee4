package io.sockeye.client.internal.connection;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectionListener;
import io.sockeye.client.Disconnection;
import io.sockeye.engine.TransportKind;
import java.util.function.Consumer;

/** Tells the user's listeners about the connection, and counts attempts to get it back. Owned by the loop. */
final class ConnectionListeners {
    private final Consumer<Consumer<ConnectionListener>> listeners;
    /** Which attempt to connect again this is; 0 while it is none. */
    private int attempt;

    /** @param listeners calls the user's */
    ConnectionListeners(Consumer<Consumer<ConnectionListener>> listeners) {
        this.listeners = listeners;
    }

    /** Somebody wants a connection who was not connected before: that is no attempt to connect again. */
    void firstAttempt() {
        attempt = 0;
    }

    void attempt(int number) {
        attempt = number;
        listeners.accept(listener -> listener.reconnectAttempt(number));
    }

    void opened(TransportKind kind) {
        listeners.accept(listener -> listener.opened(kind));
        if (attempt > 0) {
            int succeeded = attempt;
            listeners.accept(listener -> listener.reconnected(succeeded));
        }
        attempt = 0;
    }

    void upgraded(TransportKind kind) {
        listeners.accept(listener -> listener.upgraded(kind));
    }

    void upgradeFailed(TransportKind tried, ConnectFailedException failure) {
        listeners.accept(listener -> listener.upgradeFailed(tried, failure));
    }

    void closed(Disconnection end) {
        listeners.accept(listener -> listener.closed(end));
    }

    void failed(ConnectFailedException failure) {
        if (attempt > 0) {
            int failed = attempt;
            listeners.accept(listener -> listener.reconnectError(failed, failure));
        }
    }

    void givenUp() {
        listeners.accept(ConnectionListener::reconnectFailed);
    }
}
