package io.sockeye.server.internal.connection;

import io.sockeye.engine.memory.Held;
import io.sockeye.json.JsonValue;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.ConnectContext;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.namespace.Namespaces;
import io.sockeye.server.internal.recovery.Recovery;
import io.sockeye.server.internal.socket.HandlerMailboxes;
import io.sockeye.server.internal.socket.LocalSocket;
import io.sockeye.server.internal.socket.RecoveryState;
import io.sockeye.server.internal.socket.SocketSession;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the wish of a client to join a namespace to its socket, for one connection. Owned by the connection's loop. */
public final class Joins {
    /** What the objects of one take who waits, about. */
    private static final int OBJECTS = 512;

    private final Connection connection;
    private final ServerCore core;
    private final Namespaces namespaces;
    private final HttpRequest request;
    /** Who wants to join the namespaces that are not decided yet: a second CONNECT meanwhile makes no second socket. */
    private final Map<String, ConnectContext> undecided = new HashMap<>(2);
    /**
     * What the client says of itself by now, if that is something else: it counts instead, unless a session is just being
     * given back, and it alone is answered. The client may have given up the first attempt: it would take the refusal of
     * that one for the answer to this one, or act in the name of somebody else.
     */
    private final Map<String, ConnectContext> newer = new HashMap<>(2);
    /** Those who decide. */
    private final Map<String, Admission> admissions = new HashMap<>(2);
    /** For those who wait. */
    private final Held held;
    /** How many of them are not known to exist, which the application's matchers are asked. */
    private int unmatched;
    /** Null unless somebody waits for the matchers. */
    private @Nullable Runnable afterMatching;

    Joins(Connection connection, ServerCore core, Namespaces namespaces, HttpRequest request) {
        this.connection = connection;
        this.core = core;
        this.namespaces = namespaces;
        this.request = request;
        this.held = new Held(core.context().memory().in());
    }

    /** What is held for those who wait. */
    long bytes() {
        return held.bytes();
    }

    /** Whether it is being decided about a wish of the client. */
    boolean isWaiting() {
        return !undecided.isEmpty();
    }

    private void changed() {
        held.set(bytesOf(undecided) + bytesOf(newer));
        connection.shard().strangers().waits(connection, isWaiting());
    }

    private static long bytesOf(Map<String, ConnectContext> waiting) {
        long bytes = 0;
        for (var candidate : waiting.values()) {
            bytes += OBJECTS + candidate.handshake().auth().raw().length();
        }
        return bytes;
    }

    /** The connection has ended: nobody is asked any more who has not been asked. */
    void close() {
        newer.clear();
        for (var name : List.copyOf(undecided.keySet())) {
            var admission = admissions.remove(name);
            if (admission != null && admission.withdraw()) {
                undecided.remove(name);
            }
        }
        changed();
    }

    /** Who wants to join which namespace. */
    ConnectContext candidate(SocketPacket.Connect packet) {
        return connection.dialect().candidate(packet, request);
    }

    /** How many namespaces are not decided yet besides that one. */
    int others(String name) {
        return undecided.containsKey(name) ? undecided.size() - 1 : undecided.size();
    }

    /** Null unless this client can come back to its sessions. */
    private @Nullable Recovery recovery() {
        return connection.dialect().recovers() ? core.recovery() : null;
    }

    /** A client wants to join a namespace in which it has no socket. */
    void connect(ConnectContext candidate) {
        var name = candidate.namespace();
        int auth = candidate.handshake().auth().raw().length();
        if (auth > core.context().maxAuthBytes()) {
            var message =
                    "auth: %d bytes, limit %d".formatted(auth, core.context().maxAuthBytes());
            answer(name, connection.dialect().refusal(core.context().json().value(Map.of("message", message))));
            return;
        }
        var first = undecided.putIfAbsent(name, candidate);
        if (first == null) {
            decide(candidate);
        } else if (saysTheSame(candidate, first)) {
            newer.remove(name);
        } else {
            newer.put(name, candidate);
        }
        changed();
    }

    /** Whether the client introduces itself in the same way. */
    private static boolean saysTheSame(ConnectContext one, ConnectContext other) {
        return one.handshake().auth().equals(other.handshake().auth());
    }

    private void decide(ConnectContext candidate) {
        var recovery = recovery();
        var namespace = recovery != null && recovery.settings().skipMiddlewares()
                ? namespaces.enter(candidate.namespace())
                : null;
        if (namespace == null) {
            ask(candidate, false);
            return;
        }
        Restoration.start(connection, candidate, namespace, () -> {
            namespaces.leave(namespace);
            if (connection.isOpen()) {
                ask(candidate, true);
            } else {
                forget(candidate.namespace()); // Nobody is asked about who has gone.
            }
        });
    }

    /** @param begins whether it is known that the client has no session to come back to */
    private void ask(ConnectContext candidate, boolean begins) {
        unmatched++;
        var admission = Admission.decide(core, candidate, new Admission.Decision() {
            @Override
            public void matched() {
                connection.shard().execute(Joins.this::matched);
            }

            @Override
            public void accepted(LocalNamespace namespace) {
                Runnable accept = () -> connection.shard().execute(() -> accept(namespace, candidate, begins));
                var recovery = core.recovery();
                if (recovery == null) {
                    accept.run();
                } else {
                    recovery.order().whenBegun(accept);
                }
            }

            @Override
            public void unknown(JsonValue payload) {
                connection.shard().execute(() -> refuse(candidate.namespace(), payload));
            }

            @Override
            public void refused(JsonValue payload) {
                var spelled = connection.dialect().refusal(payload);
                connection.shard().execute(() -> refuse(candidate.namespace(), spelled));
            }
        });
        if (admission != null && undecided.get(candidate.namespace()) == candidate) {
            admissions.put(candidate.namespace(), admission);
        }
    }

    private void matched() {
        unmatched--;
        if (unmatched == 0 && afterMatching != null) {
            afterMatching.run();
        }
    }

    /** Runs an action once every client that named no namespace has been told so. */
    void afterMatching(Runnable action) {
        if (unmatched == 0) {
            action.run();
        } else {
            afterMatching = action;
        }
    }

    private void accept(LocalNamespace namespace, ConnectContext candidate, boolean begins) {
        if (begins || recovery() == null || newer.containsKey(namespace.name()) || !connection.isOpen()) {
            begin(namespace, candidate);
            return;
        }
        Restoration.start(connection, candidate, namespace, () -> begin(namespace, candidate));
    }

    /** That attempt is over; the client's newer one is decided next, if there is one. */
    private boolean goesOn(String name) {
        forget(name);
        var next = newer.remove(name);
        if (next == null || !connection.isOpen()) {
            changed();
            return false;
        }
        undecided.put(name, next);
        changed();
        decide(next);
        return true;
    }

    private void forget(String name) {
        undecided.remove(name);
        admissions.remove(name);
        changed();
    }

    /** The client has a new socket in the namespace, which it has entered. */
    private void begin(LocalNamespace namespace, ConnectContext candidate) {
        if (goesOn(namespace.name()) || !connection.isOpen()) {
            namespaces.leave(namespace);
            return;
        }
        var recovery = recovery();
        var state =
                recovery == null ? null : new RecoveryState(connection.shard().newSocketId());
        var id = connection
                .dialect()
                .socketId(candidate.namespace(), connection.session().sid(), connection.shard()::newSocketId);
        var mailboxes = new HandlerMailboxes(
                core.context(), namespace, connection.shard().loop());
        var session = new SocketSession(id, namespace, candidate.data(), mailboxes, state);
        var socket = new LocalSocket(session, connection.sockets(), candidate.handshake(), null);
        if (recovery != null && state != null) {
            recovery.begin(socket, state);
        }
        namespace.rooms(connection.shard().rooms()).add(socket);
        welcome(socket, state);
        started(socket);
    }

    private void welcome(LocalSocket socket, @Nullable RecoveryState state) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("sid", socket.id());
        if (state != null) {
            payload.put("pid", state.pid());
        }
        var packet = new SocketPacket.Connect(
                socket.namespace().name(), connection.dialect().welcome(payload));
        connection.send(core.context().parser().encode(packet));
    }

    /** Unless the connection ended meanwhile, since it could not take what was sent: then nobody hears of the socket. */
    private void started(LocalSocket socket) {
        if (!connection.isOpen()) {
            socket.membership().end(DisconnectReason.TRANSPORT_CLOSE);
            socket.membership().ended();
            socket.membership().rooms().forget();
            return;
        }
        connection.add(socket);
        socket.joined();
    }

    private void refuse(String namespace, JsonValue payload) {
        if (!goesOn(namespace)) {
            answer(namespace, payload);
        }
    }

    private void answer(String namespace, JsonValue payload) {
        connection.send(core.context().parser().encode(new SocketPacket.ConnectError(namespace, payload)));
    }

    /** A socket goes on where another one ended. */
    void resume(LocalSocket socket, RecoveryState state, List<List<EnginePacket>> missed) {
        newer.remove(socket.namespace().name());
        forget(socket.namespace().name());
        if (connection.isOpen()) {
            // Before CONNECT, as by the reference server: the official client keeps events until it knows its id.
            for (var packets : missed) {
                connection.send(packets);
            }
            welcome(socket, state);
        }
        started(socket);
        // What was sent with the return is old: the log does not keep it until the next ping is due.
        connection.session().confirm();
    }
}
