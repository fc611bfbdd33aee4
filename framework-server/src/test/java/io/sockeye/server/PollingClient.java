package io.sockeye.server;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Pattern;

/** A client that polls. GETs go over one TCP connection, POSTs over another. */
final class PollingClient implements AutoCloseable {
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    private final Wire down;
    private final Wire up;
    private final Reply handshake;
    private final String sid;
    private final ArrayDeque<String> packets = new ArrayDeque<>();

    private PollingClient(Wire down, Wire up) throws IOException {
        this.down = down;
        this.up = up;
        this.handshake = down.get("/socket.io/?EIO=4&transport=polling");
        this.sid = sidIn(handshake.body());
    }

    /** Opens a session. */
    static PollingClient open(SocketServer server) throws IOException {
        return new PollingClient(Wire.to(server), Wire.to(server));
    }

    /** Opens a session and joins the main namespace. */
    static PollingClient join(SocketServer server) throws IOException {
        return join(Wire.to(server), Wire.to(server));
    }

    static PollingClient join(Wire down, Wire up) throws IOException {
        var client = new PollingClient(down, up);
        client.send("40");
        client.expect("40{");
        return client;
    }

    /** The id in an OPEN or CONNECT packet. */
    static String sidIn(String packet) {
        var matcher = SID.matcher(packet);
        if (!matcher.find()) {
            throw new AssertionError("no sid in " + packet);
        }
        return matcher.group(1);
    }

    String sid() {
        return sid;
    }

    Reply handshake() {
        return handshake;
    }

    String target() {
        return "/socket.io/?EIO=4&transport=polling&sid=" + sid;
    }

    /** The connection of the GETs. */
    Wire down() {
        return down;
    }

    /** The connection of the POSTs. */
    Wire up() {
        return up;
    }

    List<String> poll() throws IOException {
        return down.get(target()).packets();
    }

    Reply post(String body) throws IOException {
        return up.post(target(), body);
    }

    /** Posts packets, which the server must accept. */
    void send(String... packets) throws IOException {
        var reply = post(String.join("\u001e", packets));
        if (reply.status() != 200 || !reply.body().equals("ok")) {
            throw new AssertionError("POST answered by " + reply.status() + " " + reply.body());
        }
    }

    /** The next packet that is no ping; polls as often as needed. */
    String next() throws IOException {
        while (packets.isEmpty()) {
            packets.addAll(poll());
        }
        String packet = packets.remove();
        if (packet.equals("2")) {
            send("3");
            return next();
        }
        return packet;
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
        down.close();
        up.close();
    }
}
