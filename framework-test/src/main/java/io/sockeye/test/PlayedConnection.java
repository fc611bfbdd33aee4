package io.sockeye.test;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.Socket;
import io.sockeye.server.SocketServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of a connection: speaks the protocol, answers pings, hands packets to the sockets. On the loop but for
 * {@link #send} and what says so.
 */
final class PlayedConnection {
    private final Parser parser = Parser.standard();
    private final MemoryLoop loop;
    private final Json json;
    private final SocketServer server;
    private final Recorder recorder;
    private final Parser.Decoder decoder;
    private final Map<String, PlayedSocket> sockets = new HashMap<>();
    private final Map<String, Joining> joining = new HashMap<>();
    /** Null until the server has opened it. */
    private @Nullable MemoryChannel channel;
    /** Why the connection is of no more use; null while it is. Read by any thread. */
    private volatile @Nullable String end;

    PlayedConnection(MemoryLoop loop, Json json, SocketServer server, Recorder recorder) {
        this.loop = loop;
        this.json = json;
        this.server = server;
        this.recorder = recorder;
        this.decoder = parser.decoder(
                json, new SocketLimits(Integer.MAX_VALUE, SocketLimits.DEFAULT.namespaceLength(), Long.MAX_VALUE));
    }

    MemoryLoop loop() {
        return loop;
    }

    Json json() {
        return json;
    }

    Recorder recorder() {
        return recorder;
    }

    /** Whether the connection is there. Any thread. */
    boolean isOpen() {
        return end == null;
    }

    void opened(MemoryChannel opened) {
        channel = opened;
    }

    void refused(String answer) {
        end = "the server has refused the connection: " + answer;
        fail(ConnectFailedException.Reason.HTTP_STATUS);
    }

    void closed() {
        end = "the server has closed the connection";
        sockets.values().forEach(PlayedSocket::ended);
        fail(ConnectFailedException.Reason.CONNECTION_LOST);
    }

    private void fail(ConnectFailedException.Reason reason) {
        joining.values().forEach(it -> it.failure = new ConnectFailedException(reason, String.valueOf(end), null));
        joining.clear();
    }

    /** Asks to be let into a namespace. Any thread. */
    Joining join(String namespace, @Nullable JsonValue auth) {
        var attempt = new Joining();
        loop.post(() -> {
            joining.put(namespace, attempt);
            if (end == null) {
                send(new SocketPacket.Connect(namespace, auth));
            } else {
                fail(ConnectFailedException.Reason.CONNECTION_LOST);
            }
        });
        return attempt;
    }

    /** Sends a packet to the server. Any thread. */
    void send(SocketPacket packet) {
        var messages = parser.encode(packet);
        loop.post(() -> messages.forEach(Objects.requireNonNull(channel)::send));
    }

    /** The connection is lost. Any thread. */
    void lose() {
        loop.post(() -> Objects.requireNonNull(channel).lose(CloseReason.TRANSPORT_CLOSE));
    }

    void receive(EnginePacket packet) {
        switch (packet.type()) {
            case PING -> loop.post(() -> Objects.requireNonNull(channel).send(EnginePacket.PONG));
            case MESSAGE -> {
                var whole = decoder.receive(packet);
                if (whole != null) {
                    receive(whole);
                }
            }
            case OPEN, CLOSE, PONG, UPGRADE, NOOP -> {
                // Nothing that the sockets would have to know.
            }
        }
    }

    private void receive(SocketPacket packet) {
        if (packet instanceof SocketPacket.Connect connect) {
            joined(connect);
        } else if (packet instanceof SocketPacket.ConnectError refusal) {
            var attempt = joining.remove(refusal.namespace());
            if (attempt != null) {
                attempt.failure = Refusal.of(refusal.payload());
            }
        } else {
            var socket = sockets.get(packet.namespace());
            if (socket != null) {
                socket.receive(packet);
            }
        }
    }

    /** The socket is there for sure right now: its handlers run after this. */
    private void joined(SocketPacket.Connect connect) {
        var payload = Objects.requireNonNull(connect.payload());
        String id = Objects.requireNonNull(payload.fields().get("sid")).as(String.class);
        var socket = server.of(connect.namespace()).socket(id).orElseThrow();
        var played = new PlayedSocket(this, socket);
        sockets.put(connect.namespace(), played);
        var attempt = joining.remove(connect.namespace());
        if (attempt != null) {
            attempt.socket = Forwarding.of(TestSocket.class, Socket.class, socket, played, loop::settle);
        }
    }

    /** A namespace that is being joined. Set on the loop, read after it has settled. */
    static final class Joining {
        volatile @Nullable TestSocket socket;
        volatile @Nullable ConnectFailedException failure;

        boolean isDecided() {
            return socket != null || failure != null;
        }
    }
}
