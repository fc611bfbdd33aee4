package io.sockeye.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockeye.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A WebSocket by hand: frames are written and read one by one, right or wrong. */
final class WebSocketClient implements AutoCloseable {
    static final int FIN = 0x80;
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    private final Wire wire;

    private WebSocketClient(Wire wire) {
        this.wire = wire;
    }

    /** Switches a connection to WebSocket. */
    static WebSocketClient upgrade(Wire wire, String query) throws IOException {
        var reply = request(wire, query).reply();
        if (reply.status() != 101) {
            throw new AssertionError("upgrade answered by " + reply.status() + " " + reply.body());
        }
        return new WebSocketClient(wire);
    }

    /** Opens a session of revision 3 and reads OPEN and CONNECT. */
    static WebSocketClient openRevision3(SocketServer server, String query) throws IOException {
        var wire = Wire.to(server);
        var reply = requestTo(wire, "EIO=3" + query).reply();
        if (reply.status() != 101) {
            throw new AssertionError("upgrade answered by " + reply.status() + " " + reply.body());
        }
        var client = new WebSocketClient(wire);
        client.expect("0{");
        client.expect("40");
        return client;
    }

    /** A WebSocket on a connection that was switched already. */
    static WebSocketClient over(Wire wire) {
        return new WebSocketClient(wire);
    }

    static Wire request(Wire wire, String query, String... headers) throws IOException {
        return requestTo(wire, "EIO=4" + query, headers);
    }

    private static Wire requestTo(Wire wire, String query, String... headers) throws IOException {
        var all = new java.util.ArrayList<>(java.util.List.of(
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        all.addAll(java.util.List.of(headers));
        return wire.request("GET", "/socket.io/?transport=websocket&" + query, "", all.toArray(String[]::new));
    }

    /** Opens a session and reads the OPEN packet. */
    static WebSocketClient open(SocketServer server) throws IOException {
        return open(Wire.to(server));
    }

    static WebSocketClient open(Wire wire) throws IOException {
        var client = upgrade(wire, "");
        client.expect("0{");
        return client;
    }

    /** Opens a session and joins the main namespace. */
    static WebSocketClient join(SocketServer server) throws IOException {
        var client = open(server);
        client.join("");
        return client;
    }

    /** Joins a namespace; "/name," or nothing for the main one. The id of the socket. */
    String join(String namespace) throws IOException {
        send("40" + namespace);
        return PollingClient.sidIn(expect("40" + namespace + "{"));
    }

    /** Upgrades a polling session, whose poll must not be under way. */
    static WebSocketClient upgrade(SocketServer server, PollingClient polling) throws IOException {
        var client = upgrade(Wire.to(server), "&sid=" + polling.sid());
        client.send("2probe");
        client.expect("3probe");
        client.send("5");
        return client;
    }

    Wire wire() {
        return wire;
    }

    void send(String text) throws IOException {
        frame(FIN | TEXT, text.getBytes(UTF_8));
    }

    void frame(int first, byte[] payload) throws IOException {
        wire.send(encode(first, payload, true));
    }

    void unmaskedFrame(int first, byte[] payload) throws IOException {
        wire.send(encode(first, payload, false));
    }

    static byte[] encode(int first, byte[] payload, boolean masked) {
        var frame = new ByteArrayOutputStream(payload.length + 14);
        int maskBit = masked ? 0x80 : 0;
        frame.write(first);
        if (payload.length < 126) {
            frame.write(maskBit | payload.length);
        } else if (payload.length <= 0xffff) {
            frame.write(maskBit | 126);
            frame.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            frame.write(maskBit | 127);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        if (masked) {
            frame.writeBytes(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.write(masked ? payload[i] ^ MASK[i % 4] : payload[i]);
        }
        return frame.toByteArray();
    }

    /** The next frame, also a ping or a close frame. */
    Frame nextFrame() throws IOException {
        int first = wire.readByte();
        long length = wire.readByte();
        if (length == 126) {
            length = ByteBuffer.wrap(wire.read(2)).getShort() & 0xffff;
        } else if (length == 127) {
            length = ByteBuffer.wrap(wire.read(8)).getLong();
        }
        return new Frame(first, Bytes.wrap(wire.read((int) length)));
    }

    /** The next packet that is no ping of Engine.IO; "close 1000" for a close frame, "binary 01" for a binary one. */
    String next() throws IOException {
        var frame = nextFrame().toString();
        if (frame.equals("2")) {
            send("3");
            return next();
        }
        return frame;
    }

    String expect(String start) throws IOException {
        String packet = next();
        if (!packet.startsWith(start)) {
            throw new AssertionError("expected " + start + "…, got " + packet);
        }
        return packet;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    /** A frame of the server, which is never masked. */
    record Frame(int first, Bytes payload) {
        @Override
        public String toString() {
            var bytes = payload.toByteArray();
            return switch (first) {
                case FIN | TEXT -> payload.utf8();
                case FIN | BINARY -> "binary " + HexFormat.of().formatHex(bytes);
                case FIN | PONG -> "pong " + payload.utf8();
                case FIN | CLOSE ->
                    bytes.length < 2
                            ? "close"
                            : "close " + ByteBuffer.wrap(bytes).getShort();
                default -> "frame 0x%02x".formatted(first);
            };
        }
    }
}
