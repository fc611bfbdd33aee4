package io.sockeye.testbed.memory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A TCP connection to the server on which anything can be sent. */
final class RawConnection implements Closeable {
    private static final int CONNECT_MILLIS = 60_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
    }

    /** @param receiveBuffer how much the operating system takes that is not read, in bytes; 0 for as much as it likes */
    static RawConnection open(int port, int receiveBuffer) throws IOException {
        return open(port, receiveBuffer, null);
    }

    private static RawConnection open(int port, int receiveBuffer, @Nullable InetAddress from) throws IOException {
        var socket = new Socket();
        if (from != null) {
            socket.bind(new InetSocketAddress(from, 0));
        }
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        socket.setSoTimeout(CONNECT_MILLIS);
        return new RawConnection(socket);
    }

    /** From another address of this machine, if the system has it. */
    static RawConnection openFrom(String address, int port) throws IOException {
        try {
            return open(port, 0, InetAddress.getByName(address));
        } catch (BindException e) {
            return open(port, 0);
        }
    }

    /** The same with TLS, whatever the server's certificate. */
    RawConnection encrypted() throws IOException {
        return new RawConnection(Trusting.SOCKETS.createSocket(socket, "localhost", socket.getPort(), true));
    }

    /** Waits as long for input from now on. */
    void timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    void write(String text) throws IOException {
        write(text.getBytes(ISO_8859_1));
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    DataInputStream in() {
        return in;
    }

    /** Reads and forgets all that comes, until the end. */
    void drain() throws IOException {
        var forgotten = new byte[64 << 10];
        while (in.read(forgotten) >= 0) {
            // Nobody wants to know.
        }
    }

    /** The body of the next answer, whose status must be 2xx or 101. */
    String readAnswer() throws IOException {
        var status = readLine();
        int length = 0;
        for (var line = readLine(); !line.isEmpty(); line = readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).trim());
            }
        }
        var body = new String(in.readNBytes(length), ISO_8859_1);
        if (!status.startsWith("HTTP/1.1 2") && !status.startsWith("HTTP/1.1 101")) {
            throw new IOException(status + " " + body);
        }
        return body;
    }

    private String readLine() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
