package io.sockeye.testbed.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The server's end of a WebSocket, whose frames are made by hand. */
final class ScriptedWebSocket {
    static final int FIN = 0x80;
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private final Socket socket;
    private final DataInputStream in;

    ScriptedWebSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    void text(String text) throws IOException {
        frame(FIN | TEXT, text.getBytes(UTF_8));
    }

    /** @param first the frame's first byte: FIN, reserved bits, opcode */
    void frame(int first, byte... payload) throws IOException {
        var head = ByteBuffer.allocate(10).put((byte) first);
        if (payload.length < 126) {
            head.put((byte) payload.length);
        } else if (payload.length < 65_536) {
            head.put((byte) 126).putShort((short) payload.length);
        } else {
            head.put((byte) 127).putLong(payload.length);
        }
        raw(Arrays.copyOf(head.array(), head.position()));
        raw(payload);
    }

    void close(int code, String reason) throws IOException {
        var why = reason.getBytes(UTF_8);
        frame(
                FIN | CLOSE,
                ByteBuffer.allocate(2 + why.length)
                        .putShort((short) code)
                        .put(why)
                        .array());
    }

    void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The next text of the client; what else it sends is passed over. */
    String read() throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte() & 0x0f;
            var payload = payload();
            if (opcode == TEXT) {
                return new String(payload, UTF_8);
            }
            if (opcode == CLOSE) {
                throw new EOFException("closed by the client");
            }
        }
    }

    private byte[] payload() throws IOException {
        int length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        var mask = in.readNBytes(4);
        var payload = in.readNBytes(length);
        for (int i = 0; i < length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    /** Says nothing until the client goes away or says goodbye. */
    void hold() throws IOException {
        while (true) {
            read();
        }
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Ends without a close frame. */
    void end() throws IOException {
        socket.close();
    }
}
