package io.sockeye.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockeye.bytes.Bytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Locale;

/** One TCP connection to a server, on which HTTP is spoken by hand. No read takes longer than ten seconds. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static Wire to(SocketServer server) throws IOException {
        return to(server, 0);
    }

    /** @param receiveBuffer bytes that the system may take for a client that does not read; 0 for its default */
    static Wire to(SocketServer server, int receiveBuffer) throws IOException {
        var socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        return new Wire(socket);
    }

    /** A connection that stands already. */
    static Wire over(Socket connected) throws IOException {
        connected.setSoTimeout(PATIENCE_MILLIS);
        return new Wire(connected);
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(UTF_8));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends a request without waiting for the answer. */
    Wire request(String method, String target, String body, String... headers) throws IOException {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (var header : headers) {
            head.append(header).append("\r\n");
        }
        if (!body.isEmpty()) {
            head.append("Content-Length: ").append(body.getBytes(UTF_8).length).append("\r\n");
        }
        return send(head.append("\r\n").append(body).toString());
    }

    Reply get(String target, String... headers) throws IOException {
        return request("GET", target, "", headers).reply();
    }

    Reply post(String target, String body, String... headers) throws IOException {
        return request("POST", target, body, headers).reply();
    }

    /** The next answer; one without {@code Content-Length} has no body. */
    Reply reply() throws IOException {
        return reply(true);
    }

    /** The next answer, which is to a HEAD. */
    Reply replyToHead() throws IOException {
        return reply(false);
    }

    private Reply reply(boolean withBody) throws IOException {
        var status = line().split(" ", 3);
        var headers = new HashMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (first, second) -> first + " & " + second);
        }
        int length = withBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
        return new Reply(Integer.parseInt(status[1]), headers, Bytes.wrap(read(length)));
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = readByte(); next != '\n'; next = readByte()) {
            line.write(next);
        }
        return line.toString(UTF_8).stripTrailing();
    }

    int readByte() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the server closed the connection");
        }
        return next;
    }

    byte[] read(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server closed the connection after " + bytes.length + " bytes");
        }
        return bytes;
    }

    /** Waits until the server closes the connection; what it sends before is lost. */
    boolean ends() throws IOException {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return true;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Breaks the connection without a FIN. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
