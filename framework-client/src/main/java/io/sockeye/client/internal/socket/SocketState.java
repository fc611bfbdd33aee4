package io.sockeye.client.internal.socket;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.client.DisconnectReason;
import io.sockeye.client.Disconnection;
import io.sockeye.client.internal.connection.ConnectionUser;
import io.sockeye.client.internal.connection.Connector;
import io.sockeye.client.internal.connection.Failures;
import io.sockeye.client.internal.handlers.UserCallbacks;
import io.sockeye.json.JsonValue;
import io.sockeye.socket.SocketPacket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One namespace of a client, as it stands with the server. Owned by the loop; what is volatile may be read by any thread.
 *
 * <pre>
 *          connect()            CONNECT answered
 *     idle ────────▶ connecting ────────────────▶ connected
 *      ▲               │    ▲                       │    │
 *      │               │    └── connection lost ────┘    │
 *      └───────────────┴─────────────────────────────────┘
 *        disconnect(), DISCONNECT, refused, given up
 * </pre>
 */
public final class SocketState implements ConnectionUser {
    private final SocketContext context;
    private final Connector connector;
    private final UserCallbacks callbacks;
    private final EventSender outgoing;
    private final EventReceiver receiver;
    private final NamespaceJoin join;
    private final ConnectFutures waiters;

    private boolean closed;
    private volatile Phase phase = Phase.IDLE;
    private volatile boolean recovered;
    /** Null while not connected. */
    private volatile @Nullable String id;

    public SocketState(SocketContext context) {
        this.context = context;
        this.connector = context.connector();
        this.callbacks = context.callbacks();
        this.waiters = new ConnectFutures(callbacks);
        this.outgoing = new EventSender(context, this);
        this.join = new NamespaceJoin(context, this);
        this.receiver = new EventReceiver(context, this, join);
    }

    @Override
    public String namespace() {
        return context.namespace();
    }

    public UserCallbacks callbacks() {
        return callbacks;
    }

    public Credentials credentials() {
        return context.credentials();
    }

    /** Where the futures of the socket are completed. */
    public Executor replies() {
        return callbacks.replies();
    }

    @Override
    public boolean isActive() {
        return phase != Phase.IDLE;
    }

    boolean isConnecting() {
        return phase == Phase.CONNECTING;
    }

    @Override
    public boolean isConnected() {
        return phase == Phase.CONNECTED;
    }

    @Override
    public boolean awaitsAnswer() {
        return isConnecting() || outgoing.awaitsAnswer();
    }

    public boolean recovered() {
        return recovered;
    }

    @Nullable
    public String id() {
        return id;
    }

    public EventSender outgoing() {
        return outgoing;
    }

    EventReceiver receiver() {
        return receiver;
    }

    /** @param future completed when the socket is connected, or is known not to be */
    public void connect(CompletableFuture<Void> future) {
        if (phase == Phase.CONNECTED) {
            callbacks.complete(future);
            return;
        }
        if (closed) {
            callbacks.fail(future, Failures.clientClosed());
            return;
        }
        waiters.add(future);
        if (phase == Phase.IDLE) {
            phase = Phase.CONNECTING;
            connector.open(this);
            connector.answersAwaited();
        }
    }

    /** @param future completed when the socket is connected, now or later; fails if it does not try any more */
    public void whenConnected(CompletableFuture<Void> future) {
        if (phase == Phase.CONNECTED) {
            callbacks.complete(future);
        } else {
            waiters.addPatient(future);
        }
    }

    @Override
    public void retryNow() {
        if (phase == Phase.CONNECTING) {
            join.hurry();
        }
    }

    @Override
    public void connectionOpened() {
        if (phase == Phase.CONNECTING) {
            join.ask();
        }
    }

    @Override
    public void receive(SocketPacket packet) {
        if (join.takes(packet) || phase == Phase.IDLE) {
            return;
        }
        if (packet instanceof SocketPacket.Event event) {
            receiver.receive(event);
        } else if (packet instanceof SocketPacket.Ack ack) {
            outgoing.answered(ack);
        } else if (packet instanceof SocketPacket.Connect connect) {
            connected(connect.payload());
        } else if (packet instanceof SocketPacket.ConnectError error) {
            join.answered();
            refused(ConnectRefusal.toConnect(error.payload()));
        } else {
            end(new Disconnection(DisconnectReason.IO_SERVER_DISCONNECT, ""));
            connector.release();
        }
    }

    /** A server that refuses who is connected already has lost the socket: the same as a disconnection. */
    private void refused(ConnectFailedException refusal) {
        if (phase == Phase.CONNECTED) {
            leave(
                    Phase.IDLE,
                    new Disconnection(DisconnectReason.IO_SERVER_DISCONNECT, String.valueOf(refusal.getMessage())));
            connector.release();
        } else {
            refuse(refusal);
        }
    }

    /** The server has let the socket in. */
    void connected(@Nullable JsonValue payload) {
        if (phase == Phase.CONNECTED) {
            return;
        }
        var session = ConnectAnswer.of(payload);
        if (session == null) {
            refuse(new ConnectFailedException(
                    Reason.PROTOCOL_VERSION, "the server speaks the protocol of Socket.IO 2 or earlier", null));
            return;
        }
        id = session.sid();
        recovered = join.connected(session.pid());
        phase = Phase.CONNECTED;
        callbacks.connected();
        waiters.connected();
        receiver.handleEarly();
        outgoing.connected();
        connector.answersAwaited();
    }

    /** The socket cannot be connected as it is; other sockets may be. */
    void refuse(ConnectFailedException failure) {
        connectionFailed(failure, true);
        connector.release();
    }

    /** The server takes its time; its answer is still good when it comes. */
    void unanswered(ConnectFailedException failure) {
        callbacks.connectFailed(namespace(), failure, false);
        waiters.failed(failure, false);
    }

    @Override
    public void connectionFailed(ConnectFailedException failure, boolean last) {
        if (phase == Phase.IDLE) {
            return;
        }
        phase = last ? Phase.IDLE : Phase.CONNECTING;
        join.rest();
        receiver.discardEarly();
        connector.answersAwaited();
        callbacks.connectFailed(namespace(), failure, last);
        waiters.failed(failure, last);
    }

    @Override
    public void connectionClosed(Disconnection end, ConnectFailedException failure, boolean last) {
        if (phase == Phase.CONNECTED) {
            leave(last ? Phase.IDLE : Phase.CONNECTING, end);
        } else {
            connectionFailed(failure, last);
        }
    }

    public void disconnect() {
        if (phase == Phase.CONNECTED) {
            join.leave();
            end(new Disconnection(DisconnectReason.IO_CLIENT_DISCONNECT, ""));
        } else if (phase == Phase.CONNECTING) {
            phase = Phase.IDLE;
            join.withdraw();
            receiver.discardEarly();
            waiters.failed(Failures.closed(), true);
        }
        connector.release();
    }

    private void end(Disconnection end) {
        if (phase == Phase.CONNECTED) {
            leave(Phase.IDLE, end);
        } else {
            refuse(Failures.lost(end));
        }
    }

    private void leave(Phase next, Disconnection end) {
        phase = next;
        id = null;
        callbacks.disconnected(end);
        outgoing.disconnected();
        if (next == Phase.IDLE) {
            waiters.failed(Failures.lost(end), true);
        }
        connector.readAgain(this);
    }

    /** Nothing is sent any more: whoever waits is told so. */
    public void close() {
        closed = true;
        disconnect();
        context.credentials().stop();
        waiters.failed(Failures.clientClosed(), true);
        outgoing.close();
    }

    private enum Phase {
        IDLE,
        CONNECTING,
        CONNECTED
    }
}
