package io.sockeye.testbed.deploy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;

/** A request to the proxy, as a client sends it that writes what it likes. */
final class RawRequest {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Deployment deployment;
    private InetAddress source = InetAddress.getLoopbackAddress();

    RawRequest(Deployment deployment) {
        this.deployment = deployment;
    }

    /** Another address of this machine from which it comes. */
    RawRequest from(InetAddress address) {
        source = address;
        return this;
    }

    /** All of the answer; the request must have the connection end after it. */
    String send(String request) throws IOException, GeneralSecurityException {
        try (var socket = connect()) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    /** The status that answers a page of that origin that wants a WebSocket, and names its own host wherever it can. */
    int openWebSocket(String origin) throws IOException, GeneralSecurityException {
        var request = """
                GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
                Host: %s\r
                Origin: %s\r
                X-Forwarded-Host: %s\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                \r
                """;
        try (var socket = connect()) {
            socket.getOutputStream()
                    .write(request.formatted(
                                    deployment.host(),
                                    origin,
                                    URI.create(origin).getAuthority())
                            .getBytes(ISO_8859_1));
            var statusLine = new String(socket.getInputStream().readNBytes("HTTP/1.1 101".length()), ISO_8859_1);
            return Integer.parseInt(statusLine.substring(statusLine.length() - 3));
        }
    }

    private Socket connect() throws IOException, GeneralSecurityException {
        var proxy = InetAddress.getLoopbackAddress();
        var socket = deployment.sockets().createSocket(proxy, deployment.port(), source, 0);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }
}
