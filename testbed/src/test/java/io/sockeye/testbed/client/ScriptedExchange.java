package io.sockeye.testbed.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * One request and the connection on which it came.
 *
 * @param headers by their names in lower case
 */
record ScriptedExchange(Socket socket, String requestLine, Map<String, String> headers, String body) {
    boolean isWebSocket() {
        return headers.containsKey("upgrade");
    }

    boolean isPost() {
        return requestLine.startsWith("POST");
    }

    boolean hasSid() {
        return requestLine.contains("sid=");
    }

    void raw(String bytes) throws IOException {
        raw(bytes.getBytes(ISO_8859_1));
    }

    void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** @param headers each with its line break */
    void answer(String status, String headers, byte[] content) throws IOException {
        raw("HTTP/1.1 " + status + "\r\nConnection: close\r\n" + headers + "Content-Length: " + content.length
                + "\r\n\r\n");
        raw(content);
    }

    void answer(String status, String content) throws IOException {
        answer(status, "Content-Type: text/plain\r\n", content.getBytes(UTF_8));
    }

    void ok(String content) throws IOException {
        answer("200 OK", content);
    }

    /** Says nothing until the client goes away. */
    void hold() throws IOException {
        while (socket.getInputStream().read() >= 0) {
            // What the client sends is of no interest.
        }
    }

    /** Resets the connection. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    String webSocketAccept() {
        try {
            var key = headers.get("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            var hash = MessageDigest.getInstance("SHA-1").digest(key.getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    ScriptedWebSocket acceptWebSocket() throws IOException {
        raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + webSocketAccept() + "\r\n\r\n");
        return new ScriptedWebSocket(socket);
    }
}
