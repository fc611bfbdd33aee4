package io.sockeye.server;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client by hand that can come back: it knows its session's secret and the offset of the last event that it got. */
final class Guest implements AutoCloseable {
    private static final Pattern PID = Pattern.compile("\"pid\":\"([^\"]+)\"");
    private static final Pattern EVENT = Pattern.compile("4[25][^\\[]*\\[(.*),\"([^\"]*)\"]");

    private final SocketServer server;
    private final Line line;
    /** "" or "/name,". */
    private final String namespace;

    private String id = "";
    private String pid = "";
    private @Nullable String offset;

    /** What came before CONNECT. */
    private final ArrayDeque<String> early = new ArrayDeque<>();

    private Guest(SocketServer server, Line line, String namespace) {
        this.server = server;
        this.line = line;
        this.namespace = namespace;
    }

    static Guest join(SocketServer server, boolean polling) throws IOException {
        return join(server, Line.open(server, polling), "");
    }

    /** @param namespace "" or "/name," */
    static Guest join(SocketServer server, Line line, String namespace) throws IOException {
        var guest = new Guest(server, line, namespace);
        line.send("40" + namespace);
        guest.joined(guest.expect("40" + namespace + "{"));
        return guest;
    }

    private void joined(String answer) {
        id = PollingClient.sidIn(answer);
        var secret = PID.matcher(answer);
        pid = secret.find() ? secret.group(1) : "";
    }

    /** The same client on a new connection of the same kind. It need not be recovered. */
    Guest comeBack() throws IOException {
        return comeBack(line.another(server));
    }

    /** The same client, which says that it has got what the other one has got. */
    Guest comeBack(Guest other) throws IOException {
        offset = other.offset;
        return comeBack();
    }

    Guest comeBack(Line next) throws IOException {
        var again = wish(next);
        if (!again.awaitsConnect()) {
            throw new AssertionError("the connection ended");
        }
        return again;
    }

    /** Keeps events that come before CONNECT until then, as the official client does. Whether there was a CONNECT. */
    boolean awaitsConnect() throws IOException {
        for (String packet = line.next(); ; packet = line.next()) {
            if (packet.startsWith("40" + namespace + "{")) {
                joined(packet);
                return true;
            }
            if (!packet.startsWith("4") && !packet.startsWith("b")) {
                return false;
            }
            early.add(packet);
        }
    }

    /** Comes back even if an older wish of its own, which was late, ends its connection. */
    Guest insist(SocketServer at) throws IOException {
        for (int i = 0; i < 10; i++) {
            var again = wish(line.another(at));
            if (again.awaitsConnect()) {
                return again;
            }
            again.close();
        }
        throw new AssertionError("ended ten times");
    }

    /** The same client, which wants its session back but has not got the answer yet. */
    Guest wish(Line next) throws IOException {
        var again = new Guest(server, next, namespace);
        again.pid = pid;
        again.offset = offset;
        String known = offset == null ? "" : ",\"offset\":\"" + offset + "\"";
        next.send("40" + namespace + "{\"pid\":\"" + pid + "\"" + known + "}");
        return again;
    }

    String id() {
        return id;
    }

    String pid() {
        return pid;
    }

    @Nullable
    String offset() {
        return offset;
    }

    Line line() {
        return line;
    }

    /** The next event, as its arguments without the offset: "news",1. */
    String hear() throws IOException {
        String packet = next();
        var event = EVENT.matcher(packet);
        if (!event.matches()) {
            throw new AssertionError("no event with an offset: " + packet);
        }
        offset = event.group(2);
        return event.group(1);
    }

    /** As the official client, which takes any last string for the offset. */
    String next() throws IOException {
        String packet = early.isEmpty() ? line.next() : early.remove();
        var event = EVENT.matcher(packet);
        if (event.matches()) {
            offset = event.group(2);
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

    void send(String packet) throws IOException {
        line.send(packet);
    }

    /** Ends the connection as a client does that goes away. */
    void goAway() throws IOException {
        line.send("1");
        line.close();
    }

    @Override
    public void close() throws IOException {
        line.close();
    }
}
