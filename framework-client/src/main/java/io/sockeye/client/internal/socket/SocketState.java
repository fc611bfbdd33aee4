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
import io.sockeye.protocol.SocketPacket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The state of one socket. Owned by the loop; volatile fields may be read by any thread.
 *
 * <pre>
 *          connect()            CONNECT answered
 *     idle ────────▶ connecting ────────────────▶ connected
 *      ▲               │    ▲                       │    │
 *      │               │    └── connection lost ────┘    │
 *      └───────────────┴─────────────────────────────────┘
 *        disconnect(), DISCONNECT, refused, no attempt left
 * </pre>
 */
public final class SocketState implements ConnectionUser {
    private final SocketContext context;
    private final Connector connector;
    private final UserCallbacks callbacks;
    private final EventSender sender;
    private final EventReceiver receiver;
    private final NamespaceJoin join;
    private final ConnectFutures futures;

    private boolean closed;
    private volatile Phase phase = Phase.IDLE;
    private volatile boolean recovered;
    /** Null while not connected. */
    private volatile @Nullable String id;

    public SocketState(SocketContext context) {
        this.context = context;
        this.connector = context.connector();
        this.callbacks = context.callbacks();
        this.futures = new ConnectFutures(callbacks);
        this.sender = new EventSender(context, this);
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
        return isConnecting() || sender.awaitsAnswer();
    }

    public boolean recovered() {
        return recovered;
    }

    @Nullable
    public String id() {
        return id;
    }

    public EventSender sender() {
        return sender;
    }

    EventReceiver receiver() {
        return receiver;
    }

    /** @param future completed when the socket is connected; fails at the first failure */
    public void connect(CompletableFuture<Void> future) {
        if (phase == Phase.CONNECTED) {
            callbacks.complete(future);
            return;
        }
        if (closed) {
            callbacks.fail(future, Failures.clientClosed());
            return;
        }
        futures.add(future);
        if (phase == Phase.IDLE) {
            phase = Phase.CONNECTING;
            connector.connect(this);
            connector.updateReading();
        }
    }

    /** @param future completed when the socket is connected, now or later; fails when no attempt follows */
    public void whenConnected(CompletableFuture<Void> future) {
        if (phase == Phase.CONNECTED) {
            callbacks.complete(future);
        } else {
            futures.addPersistent(future);
        }
    }

    @Override
    public void retryNow() {
        if (phase == Phase.CONNECTING) {
            join.retryNow();
        }
    }

    @Override
    public void connectionOpened() {
        if (phase == Phase.CONNECTING) {
            join.begin();
        }
    }

    @Override
    public void receive(SocketPacket packet) {
        if (join.consumes(packet) || phase == Phase.IDLE) {
            return;
        }
        if (packet instanceof SocketPacket.Event event) {
            receiver.receive(event);
        } else if (packet instanceof SocketPacket.Ack ack) {
            sender.answered(ack);
        } else if (packet instanceof SocketPacket.Connect connect) {
            connected(connect.payload());
        } else if (packet instanceof SocketPacket.ConnectError error) {
            join.answered();
            refused(ConnectRefusal.toConnect(error.payload()));
        } else {
            end(new Disconnection(DisconnectReason.IO_SERVER_DISCONNECT, ""));
            connector.closeIfUnused();
        }
    }

    /** If the socket is connected already, the server has lost it: the same as a disconnection. */
    private void refused(ConnectFailedException refusal) {
        if (phase == Phase.CONNECTED) {
            disconnected(
                    Phase.IDLE,
                    new Disconnection(DisconnectReason.IO_SERVER_DISCONNECT, String.valueOf(refusal.getMessage())));
            connector.closeIfUnused();
        } else {
            refuse(refusal);
        }
    }

    /** The server has accepted the socket. */
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
        futures.connected();
        receiver.handleEarly();
        sender.connected();
        connector.updateReading();
    }

    /** This socket cannot be connected; others of the client may be. */
    void refuse(ConnectFailedException failure) {
        connectionFailed(failure, true);
        connector.closeIfUnused();
    }

    /** The server has not answered in time. An answer that comes later is still accepted. */
    void joinTimedOut(ConnectFailedException failure) {
        callbacks.connectFailed(namespace(), failure, false);
        futures.failed(failure, false);
    }

    @Override
    public void connectionFailed(ConnectFailedException failure, boolean last) {
        if (phase == Phase.IDLE) {
            return;
        }
        phase = last ? Phase.IDLE : Phase.CONNECTING;
        join.cancelTimers();
        receiver.discardEarly();
        connector.updateReading();
        callbacks.connectFailed(namespace(), failure, last);
        futures.failed(failure, last);
    }

    @Override
    public void connectionClosed(Disconnection end, ConnectFailedException failure, boolean last) {
        if (phase == Phase.CONNECTED) {
            disconnected(last ? Phase.IDLE : Phase.CONNECTING, end);
        } else {
            connectionFailed(failure, last);
        }
    }

    public void disconnect() {
        if (phase == Phase.CONNECTED) {
            join.sendDisconnect();
            end(new Disconnection(DisconnectReason.IO_CLIENT_DISCONNECT, ""));
        } else if (phase == Phase.CONNECTING) {
            phase = Phase.IDLE;
            join.cancel();
            receiver.discardEarly();
            futures.failed(Failures.closed(), true);
        }
        connector.closeIfUnused();
    }

    private void end(Disconnection end) {
        if (phase == Phase.CONNECTED) {
            disconnected(Phase.IDLE, end);
        } else {
            refuse(Failures.lost(end));
        }
    }

    private void disconnected(Phase next, Disconnection end) {
        phase = next;
        id = null;
        callbacks.disconnected(end);
        sender.disconnected();
        if (next == Phase.IDLE) {
            futures.failed(Failures.lost(end), true);
        }
        connector.resumeReading(this);
    }

    /** Disconnects for good: futures that wait fail, and nothing is sent any more. */
    public void close() {
        closed = true;
        disconnect();
        context.credentials().stop();
        futures.failed(Failures.clientClosed(), true);
        sender.close();
    }

    private enum Phase {
        IDLE,
        CONNECTING,
        CONNECTED
    }
}
