package io.sockeye.client.internal.http;

import io.sockeye.bytes.Bytes;
import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.client.internal.transport.TransportFailure.Kind;
import io.sockeye.client.internal.transport.TransportOwner;
import io.sockeye.protocol.CloseReason;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Joins the pieces of messages that the JDK passes, and passes whole messages to the owner. Called by one thread at a time,
 * not the owner's. At most {@link #CREDIT} messages wait for the owner; the JDK reads no more then.
 */
final class WebSocketReceiver implements WebSocket.Listener {
    /**
     * So many that it is hardly ever used up: the JDK loses the end of a connection that comes while no message is
     * requested.
     */
    private static final int CREDIT = 1_024;

    private final WebSocketTransport transport;
    private final TransportOwner owner;
    private final int maxMessageBytes;

    private final StringBuilder text = new StringBuilder();
    /** Null unless part of a message has arrived. */
    private @Nullable ByteArrayOutputStream binary;

    /** Whether more messages are requested; accessed by the owner. */
    private boolean reading = true;
    /** Messages that were handled and not requested again yet; accessed by the owner. */
    private int unrequested;
    /** Null until the first message; accessed by the owner. */
    private @Nullable WebSocket source;

    WebSocketReceiver(WebSocketTransport transport, TransportOwner owner, int maxMessageBytes) {
        this.transport = transport;
        this.owner = owner;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public void onOpen(WebSocket socket) {
        socket.request(CREDIT);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence piece, boolean last) {
        if (piece.length() > maxMessageBytes - text.length()) {
            tooLong(socket);
            return null;
        }
        if (last && text.isEmpty()) {
            pass(socket, Bytes.ofUtf8(piece.toString()), false);
            return null;
        }
        text.append(piece);
        if (!last) {
            socket.request(1); // A piece counts as a message.
            return null;
        }
        var message = Bytes.ofUtf8(text.toString());
        text.setLength(0);
        text.trimToSize();
        pass(socket, message, false);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer piece, boolean last) {
        var begun = binary;
        if (piece.remaining() > maxMessageBytes - (begun == null ? 0 : begun.size())) {
            tooLong(socket);
            return null;
        }
        if (last && begun == null) {
            pass(socket, Bytes.copyOf(piece), true);
            return null;
        }
        if (begun == null) {
            begun = new ByteArrayOutputStream(2 * piece.remaining());
            binary = begun;
        }
        var bytes = new byte[piece.remaining()];
        piece.get(bytes);
        begun.writeBytes(bytes);
        if (!last) {
            socket.request(1);
            return null;
        }
        binary = null; // No large buffer is kept for small messages.
        pass(socket, Bytes.wrap(begun.toByteArray()), true);
        return null;
    }

    private void pass(WebSocket socket, Bytes message, boolean isBinary) {
        owner.execute(() -> {
            source = socket;
            unrequested++;
            transport.messageReceived(socket);
            owner.receiveFrame(transport, message, isBinary);
            requestMore();
        });
    }

    private void requestMore() {
        if (reading && source != null && unrequested > 0) {
            source.request(unrequested);
            unrequested = 0;
        }
    }

    /** Called on the owner's thread. */
    void reading(boolean wanted) {
        reading = wanted;
        requestMore();
    }

    /** The JDK answers it. An end may be lost after it, as after a message. */
    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer content) {
        socket.request(1);
        owner.execute(() -> transport.messageReceived(socket));
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer content) {
        socket.request(1);
        owner.execute(transport::pongReceived);
        return null;
    }

    private void tooLong(WebSocket socket) {
        socket.abort();
        var failure = new TransportFailure(Kind.PROTOCOL, "a message of more than " + maxMessageBytes + " bytes", null);
        owner.execute(() -> transport.lost(CloseReason.TRANSPORT_ERROR, failure));
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
        owner.execute(() -> transport.closedByServer(statusCode, reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        owner.execute(() -> transport.lost(CloseReason.TRANSPORT_ERROR, HttpFailures.of(error)));
    }
}
