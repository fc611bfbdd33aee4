package io.sockeye.testbed.simulation;

import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import io.sockeye.protocol.SocketPacket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a client has in one namespace, from one connection to the next. */
final class ClientSocket {
    private final String namespace;
    private final SimulatedClient client;
    private final Ledger ledger;
    /** What it asked on the present connection and has no acknowledgement for, by the ids of these. */
    private final Map<Long, Utterance> waiting = new HashMap<>();

    /** Null while there is no connection. */
    private @Nullable ClientConnection connection;

    private boolean connected;
    private @Nullable String pid;
    private @Nullable String offset;
    /** The session at the server, or the last one; null before the first. */
    private @Nullable SessionRecord session;

    /** What came before the welcome: what was missed, if the session goes on. */
    private final List<SocketPacket.Event> early = new ArrayList<>();

    /** When it asked to join the last time. */
    private long askedAtMillis;

    private int utterances;

    /** Something that the client sent. */
    private record Utterance(int number, String event, boolean mustBeAnswered) {}

    ClientSocket(String namespace, SimulatedClient client, Ledger ledger) {
        this.namespace = namespace;
        this.client = client;
        this.ledger = ledger;
    }

    String namespace() {
        return namespace;
    }

    boolean connected() {
        return connected;
    }

    /** The session at the server; null unless it is connected. */
    @Nullable
    SessionRecord session() {
        return connected ? session : null;
    }

    void opened(ClientConnection opened) {
        connection = opened;
        connect();
    }

    /** Asks to join the namespace, as who it was if it knows. */
    void connect() {
        if (connection == null || connected) {
            return;
        }
        askedAtMillis = client.simulation().schedule().nowMillis();
        var auth = new LinkedHashMap<String, Object>();
        auth.put("client", client.toString());
        if (pid != null) {
            auth.put("pid", pid);
            Objects.requireNonNull(session).askedFrom(connection.chat());
        }
        if (offset != null) {
            auth.put("offset", offset);
        }
        send(new SocketPacket.Connect(namespace, Json.standard().value(auth)));
    }

    void closed() {
        connection = null;
        if (connected && session != null) {
            session.broken(client.simulation().schedule().nowMillis());
        }
        connected = false;
        waiting.clear();
        early.clear();
    }

    /** Leaves the namespace, and forgets who it was. */
    void leave() {
        if (connected && session != null) {
            send(new SocketPacket.Disconnect(namespace));
            ledger.leaves(session);
            forget();
            client.simulation().schedule().afterMillis(50, this::connect);
        }
    }

    private void forget() {
        connected = false;
        pid = null;
        offset = null;
        waiting.clear();
    }

    private void send(SocketPacket packet) {
        client.trace("sends " + packet);
        Objects.requireNonNull(connection).send(packet);
    }

    /** Sends an event and asks for its acknowledgement. */
    void say(String event, boolean mustBeAnswered, Object... arguments) {
        if (!connected) {
            return;
        }
        int number = utterances++;
        waiting.put((long) number, new Utterance(number, event, mustBeAnswered));
        var all = new Object[arguments.length + 1];
        all[0] = number;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        send(new SocketPacket.Event(namespace, number, Json.standard().event(event, all)));
    }

    void receive(SocketPacket packet) {
        if (packet instanceof SocketPacket.Connect connect && connect.payload() != null) {
            welcome(connect.payload().fields());
        } else if (packet instanceof SocketPacket.Disconnect) {
            if (session != null) {
                ledger.leaves(session);
            }
            forget();
            client.simulation().schedule().afterMillis(50, this::connect);
        } else if (packet instanceof SocketPacket.Event event) {
            event(event);
        } else if (packet instanceof SocketPacket.Ack ack) {
            acknowledged(ack);
        } else {
            throw new Violation(client + " was refused: " + packet);
        }
    }

    private void welcome(Map<String, JsonValue> fields) {
        if (connected) {
            throw new Violation(client + " was welcomed twice");
        }
        connected = true;
        String sid = Objects.requireNonNull(fields.get("sid")).as(String.class);
        var before = session;
        if (before != null && before.sid().equals(sid)) {
            ledger.recovered(before, askedAtMillis);
        } else {
            if (!early.isEmpty()) {
                throw new Violation(client + " got events of another session before its own began");
            }
            if (before != null) {
                ledger.replaced(before, pid != null);
            }
            session = ledger.session(sid, namespace);
            session.belongsTo(client.isGreedy());
            offset = null;
        }
        var granted = fields.get("pid");
        pid = granted == null ? null : granted.as(String.class);
        var missed = List.copyOf(early);
        early.clear();
        missed.forEach(event -> take(event, true));
        if (session == before) {
            say("ask", true, 0);
        }
    }

    private void event(SocketPacket.Event event) {
        if (connected) {
            take(event, false);
        } else if (pid != null) {
            early.add(event);
        } // Else it is left over from the session that the client has left.
    }

    private void take(SocketPacket.Event event, boolean missed) {
        var arguments = event.arguments();
        int id = arguments.get(1, int.class);
        int last = arguments.size() - 1;
        String text = arguments.stringAt(last);
        if (pid != null && text != null && last > 0) {
            ledger.offset(Objects.requireNonNull(session), offset, text);
            offset = text;
        }
        ledger.received(Objects.requireNonNull(session), id, missed);
        if (event.ackId() != SocketPacket.NO_ACK) {
            answer(event.ackId(), id);
        }
    }

    /** Answers a question of the server at once, late or never. */
    private void answer(long ackId, int id) {
        var asked = connection;
        Runnable answer = () -> {
            if (connected && connection == asked) {
                send(new SocketPacket.Ack(namespace, ackId, Json.standard().array(id)));
            }
        };
        switch (id % 4) {
            case 0 -> client.simulation().schedule().afterMillis(50 + id % 700, answer);
            case 1 -> client.trace("never answers " + id);
            default -> answer.run();
        }
    }

    private void acknowledged(SocketPacket.Ack ack) {
        if (!connected) {
            return; // Of the session that the client has left.
        }
        var asked = waiting.remove(ack.ackId());
        if (asked == null) {
            throw new Violation(client + " got an acknowledgement that it does not wait for: " + ack);
        }
        int number = ack.arguments().get(0, int.class);
        if (number != asked.number) {
            throw new Violation(client + " asked as " + asked.number + " and got the answer to " + number);
        }
        ledger.answered(Objects.requireNonNull(session));
    }

    /** All is quiet: what should have arrived must have arrived. */
    void check() {
        if (!connected || session == null) {
            throw new Violation(client + " is not connected to " + namespace + " although nothing keeps it from that");
        }
        ledger.checkComplete(session);
        for (var asked : waiting.values()) {
            if (asked.mustBeAnswered) {
                throw new Violation(client + " got no acknowledgement of " + asked);
            }
        }
    }
}
