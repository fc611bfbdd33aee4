package io.sockeye.client.internal.connection;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectionListener;
import io.sockeye.client.Disconnection;
import io.sockeye.protocol.TransportKind;
import java.util.function.Consumer;

/** Calls the user's listeners of the connection, and knows which attempt to connect again is running. Owned by the loop. */
final class ConnectionListeners {
    private final Consumer<Consumer<ConnectionListener>> callAll;
    /** The number of the attempt to connect again; 0 for a first attempt. */
    private int attempt;

    /** @param callAll makes a call to all of the user's listeners */
    ConnectionListeners(Consumer<Consumer<ConnectionListener>> callAll) {
        this.callAll = callAll;
    }

    /** A first attempt begins: it is no attempt to connect again. */
    void resetAttempts() {
        attempt = 0;
    }

    void attempt(int number) {
        attempt = number;
        callAll.accept(listener -> listener.reconnectAttempt(number));
    }

    void opened(TransportKind kind) {
        callAll.accept(listener -> listener.opened(kind));
        if (attempt > 0) {
            int succeeded = attempt;
            callAll.accept(listener -> listener.reconnected(succeeded));
        }
        attempt = 0;
    }

    void upgraded(TransportKind kind) {
        callAll.accept(listener -> listener.upgraded(kind));
    }

    void upgradeFailed(TransportKind tried, ConnectFailedException failure) {
        callAll.accept(listener -> listener.upgradeFailed(tried, failure));
    }

    void closed(Disconnection end) {
        callAll.accept(listener -> listener.closed(end));
    }

    void failed(ConnectFailedException failure) {
        if (attempt > 0) {
            int failed = attempt;
            callAll.accept(listener -> listener.reconnectError(failed, failure));
        }
    }

    void reconnectFailed() {
        callAll.accept(ConnectionListener::reconnectFailed);
    }
}
