package io.sockeye.server.internal.socket;

import io.sockeye.server.ConnectionHandler;
import io.sockeye.server.internal.threads.HandlerTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets the application know of one socket by its connection handlers. No other handler is called for a socket that it does not know. */
final class ConnectionHandlersCall {
    private final LocalSocket socket;
    private final HandlerMailboxes mailboxes;
    /** Whether the application knows of the socket, or does not want to; in the usual mailbox. */
    private boolean known;
    /** The turn of the handlers; null once the application must know of the socket, whatever becomes of it. Owned by the loop. */
    private @Nullable HandlerTask turn;

    ConnectionHandlersCall(LocalSocket socket, HandlerMailboxes mailboxes) {
        this.socket = socket;
        this.mailboxes = mailboxes;
    }

    /** On the loop: the socket is there. */
    void begin(List<ConnectionHandler> handlers) {
        known = handlers.isEmpty();
        if (!known) {
            var posted = mailboxes.postOrdered(() -> call(handlers));
            turn = socket.recovered() ? null : posted;
        }
    }

    private void call(List<ConnectionHandler> handlers) {
        known = true;
        var calls = socket.context().calls();
        handlers.forEach(handler ->
                calls.guard(() -> handler.handle(socket), () -> "connection handler of socket " + socket.id()));
    }

    /** On the loop: the client has sent something that is handled. */
    void needed() {
        turn = null;
    }

    /**
     * On the loop: the socket is gone, and its client cannot come back to it. If the handlers are held up, they are dropped.
     *
     * @param farewell what waits behind them
     */
    void gone(List<HandlerTask> farewell) {
        var late = turn;
        if (late != null) {
            socket.connection().onLoop().lateCalls().add(() -> drop(late, farewell));
        }
    }

    private void drop(HandlerTask late, List<HandlerTask> farewell) {
        if (mailboxes.usual().withdraw(late)) {
            late.done();
            farewell.stream().filter(mailboxes.usual()::withdraw).forEach(HandlerTask::run);
        }
    }

    /** In the usual mailbox: whether the application knows of the socket. */
    boolean isDone() {
        return known;
    }
}
