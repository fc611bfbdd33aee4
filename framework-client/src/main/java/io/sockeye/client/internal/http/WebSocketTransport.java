package io.sockeye.client.internal.http;

import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.client.internal.transport.TransportFailure.Kind;
import io.sockeye.client.internal.transport.TransportOwner;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A WebSocket; each packet is a message. Owned by the session's thread. */
final class WebSocketTransport implements Transport {
    /** While fewer bytes wait, the transport is writable. */
    private static final int HIGH_WATER = 64 << 10;
    /** How long the server may take to answer the close frame. */
    private static final long CLOSE_TIMEOUT_MILLIS = 5_000;

    private static final int TOO_BIG = 1009;

    private final TransportOwner owner;
    private final WebSocketReceiver receiver;
    /** Null where the HTTP client reports each end. */
    private final @Nullable EndProbe probe;

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    /** Packets that wait to be sent: the JDK takes one message at a time. */
    private final ArrayDeque<EnginePacket> waiting = new ArrayDeque<>();

    /** Of the packets that wait, and of the one that is being sent. */
    private long unsentBytes;
    /** The packet that is being sent; null if there is none. */
    private @Nullable EnginePacket sending;

    private State state = State.CONNECTING;
    /** Null until connected. */
    private @Nullable WebSocket socket;
    /** Null until {@link #start}. */
    private @Nullable CompletableFuture<WebSocket> connecting;

    /** @param missesEnds whether the HTTP client may handle messages on other threads than its own, see {@link EndProbe} */
    WebSocketTransport(TransportOwner owner, int maxMessageBytes, boolean missesEnds) {
        this.owner = owner;
        this.probe = missesEnds ? new EndProbe(owner, this::endFound) : null;
        this.receiver = new WebSocketReceiver(this, owner, maxMessageBytes);
    }

    WebSocket.Listener listener() {
        return receiver;
    }

    void start(CompletableFuture<WebSocket> opening) {
        connecting = opening;
        opening.whenComplete((connection, failure) -> owner.execute(() -> connected(connection, failure)));
    }

    private void connected(@Nullable WebSocket connection, @Nullable Throwable failure) {
        if (connection == null) {
            lost(
                    CloseReason.TRANSPORT_ERROR,
                    HttpFailures.ofHandshake(failure == null ? new IllegalStateException() : failure));
            return;
        }
        socket = connection;
        if (state == State.CLOSED) {
            abort();
            return;
        }
        state = State.OPEN;
        owner.transportReady(this);
    }

    /** Completed once the connection is closed. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public TransportKind kind() {
        return TransportKind.WEBSOCKET;
    }

    @Override
    public boolean writable() {
        return state == State.OPEN && unsentBytes < HIGH_WATER;
    }

    @Override
    public boolean flushed() {
        return waiting.isEmpty() && sending == null;
    }

    @Override
    public void write(List<EnginePacket> packets) {
        if (state != State.OPEN) {
            throw new IllegalStateException("written to while " + state);
        }
        for (var packet : packets) {
            waiting.add(packet);
            unsentBytes += packet.data().length();
        }
        sendWaiting();
    }

    private void sendWaiting() {
        while (sending == null && !waiting.isEmpty() && socket != null) {
            var packet = waiting.remove();
            var sent = send(socket, packet);
            if (sent.isDone() && !sent.isCompletedExceptionally()) {
                unsentBytes -= packet.data().length();
            } else {
                sending = packet;
                sent.whenComplete((same, failure) -> owner.execute(() -> sent(packet, failure)));
            }
        }
    }

    private static CompletableFuture<WebSocket> send(WebSocket socket, EnginePacket packet) {
        return packet.binary()
                ? socket.sendBinary(packet.data().asByteBuffer(), true)
                : TextPieces.send(
                        socket::sendText,
                        (char) packet.type().digit() + packet.data().utf8());
    }

    private void sent(EnginePacket packet, @Nullable Throwable failure) {
        sending = null;
        unsentBytes -= packet.data().length();
        if (failure != null) {
            lost(CloseReason.TRANSPORT_ERROR, HttpFailures.of(failure));
            return;
        }
        sendWaiting();
        sendCloseFrame();
        if (writable()) {
            owner.transportReady(this);
        }
    }

    @Override
    public void reading(boolean wanted) {
        receiver.reading(wanted);
    }

    @Override
    public void close() {
        if (state == State.CLOSED) {
            return;
        }
        boolean open = state == State.OPEN;
        closed();
        if (!open) {
            abort();
            return;
        }
        owner.executeLater(this::abort, CLOSE_TIMEOUT_MILLIS);
        sendCloseFrame();
    }

    /** Sends the close frame, if the client closes the transport and all else was sent. */
    private void sendCloseFrame() {
        if (state == State.CLOSED && socket != null && flushed() && !ended.isDone()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
        }
    }

    private void abort() {
        if (socket != null) {
            socket.abort();
        } else if (connecting != null) {
            connecting.cancel(true);
        }
        ended.complete(null);
    }

    /** A message or a WebSocket ping of the server has arrived. */
    void messageReceived(WebSocket from) {
        if (probe != null && state == State.OPEN) {
            probe.messageReceived(from);
        }
    }

    /** The server has answered a WebSocket ping. */
    void pongReceived() {
        if (probe != null) {
            probe.pongReceived();
        }
    }

    private void endFound(Throwable failure) {
        lost(
                CloseReason.TRANSPORT_CLOSE,
                new TransportFailure(
                        Kind.CONNECTION_LOST, "the connection has ended", HttpFailures.unwrapped(failure)));
    }

    /** The server has sent a close frame, which the JDK answers. */
    void closedByServer(int statusCode, String reason) {
        var meaning = reason.isEmpty() && statusCode == TOO_BIG ? "message too big" : reason;
        var text = "closed by the server with " + statusCode + (meaning.isEmpty() ? "" : ": " + meaning);
        ended.complete(null);
        gone(CloseReason.TRANSPORT_CLOSE, new TransportFailure(Kind.CONNECTION_LOST, text, null));
    }

    /** The connection has failed. */
    void lost(CloseReason why, TransportFailure failure) {
        abort();
        gone(why, failure);
    }

    private void gone(CloseReason why, TransportFailure failure) {
        boolean known = state == State.CLOSED;
        closed();
        if (!known) {
            owner.transportClosed(this, why, failure);
        }
    }

    private void closed() {
        state = State.CLOSED;
        if (probe != null) {
            probe.stop();
        }
    }

    private enum State {
        CONNECTING,
        OPEN,
        CLOSED
    }
}
