package io.sockeye.testbed.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A client that speaks WebSocket, Engine.IO and Socket.IO as the specifications say, or as the test wants it to. */
final class RawWebSocket implements Closeable {
    private static final int FIN_TEXT = 0x81;
    private static final int FIN_BINARY = 0x82;
    private static final int RSV1 = 0x40;
    private static final int MASKED = 0x80;
    /** A mask of zeros is a mask, too. */
    private static final int MASK = 0;

    private final RawConnection connection;

    private RawWebSocket(RawConnection connection) {
        this.connection = connection;
    }

    /** Opens an Engine.IO session; the packet OPEN has been read. */
    static RawWebSocket open(RawConnection connection) throws IOException {
        return open(connection, "Pragma: no-cache");
    }

    /** The same with such a header. */
    static RawWebSocket open(RawConnection connection, String header) throws IOException {
        connection.write(String.join(
                "\r\n",
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                header,
                "",
                ""));
        connection.readAnswer();
        var socket = new RawWebSocket(connection);
        socket.read();
        return socket;
    }

    RawConnection connection() {
        return connection;
    }

    /** Sends CONNECT and waits for its answer. */
    String join(String packet) throws IOException {
        text(packet);
        return read();
    }

    void text(String message) throws IOException {
        var bytes = message.getBytes(UTF_8);
        begin(FIN_TEXT, bytes.length, bytes);
    }

    void binary(byte[] message) throws IOException {
        begin(FIN_BINARY, message.length, message);
    }

    /** Sends a frame that announces so many bytes, and of those only the ones given. */
    void begin(boolean binary, int length, byte[] sent) throws IOException {
        begin(binary ? FIN_BINARY : FIN_TEXT, length, sent);
    }

    private synchronized void begin(int first, int length, byte[] sent) throws IOException {
        connection.write(frame(first, length, sent));
    }

    /** Sends a text that was compressed, see {@link Deflated}; so often, in one piece. */
    synchronized void deflated(byte[] message, int times) throws IOException {
        var frame = frame(FIN_TEXT | RSV1, message.length, message);
        var frames = ByteBuffer.allocate(times * frame.length);
        for (int i = 0; i < times; i++) {
            frames.put(frame);
        }
        connection.write(frames.array());
    }

    /** Sends messages in one piece. */
    synchronized void texts(List<String> messages) throws IOException {
        var frames = new ByteArrayOutputStream();
        for (var message : messages) {
            var bytes = message.getBytes(UTF_8);
            frames.writeBytes(frame(FIN_TEXT, bytes.length, bytes));
        }
        connection.write(frames.toByteArray());
    }

    private static byte[] frame(int first, int length, byte[] sent) {
        var frame = ByteBuffer.allocate(14 + sent.length).put((byte) first);
        if (length < 126) {
            frame.put((byte) (MASKED | length));
        } else if (length < 0x10000) {
            frame.put((byte) (MASKED | 126)).putShort((short) length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(length);
        }
        frame.putInt(MASK).put(sent).flip();
        var bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** The next message that is no ping; pings are answered. */
    String read() throws IOException {
        while (true) {
            var message = readFrame();
            if (!message.equals("2")) {
                return message;
            }
            text("3");
        }
    }

    private String readFrame() throws IOException {
        var in = connection.in();
        int opcode = in.readUnsignedByte() & 0x0f;
        long length = in.readUnsignedByte();
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        var payload = in.readNBytes((int) length);
        if (opcode == 8) {
            throw new EOFException("the server closed the WebSocket");
        }
        return new String(payload, UTF_8);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
