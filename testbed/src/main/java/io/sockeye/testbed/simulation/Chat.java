package io.sockeye.testbed.simulation;

import io.sockeye.event.Args;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.Namespace;
import io.sockeye.server.Socket;
import io.sockeye.server.SocketServer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The application on the servers; it notes in the ledger what it does right before it does it. */
final class Chat {
    static final List<String> NAMESPACES = List.of("/", "/side");
    /** Everybody is in it. */
    static final String HALL = "hall";

    /** How a question is answered: not at all. */
    static final int NEVER = 3;

    /** A thread of the application that is no handler's. */
    private static final String OUTSIDE = "outside";

    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final SocketServer server;
    private final Ledger ledger;
    private final Schedule schedule;

    Chat(SocketServer server, Ledger ledger, Schedule schedule) {
        this.server = server;
        this.ledger = ledger;
        this.schedule = schedule;
        NAMESPACES.forEach(name -> addHandlers(server.of(name)));
    }

    private void addHandlers(Namespace namespace) {
        namespace.onConnection(this::connected);
        namespace.onDisconnect(this::disconnected);
        namespace.on("say", this::say);
        namespace.on("join", this::join);
        namespace.on("leave", this::leave);
        namespace.on("ask", this::ask);
        namespace.on("quiz", this::quiz);
    }

    private SessionRecord session(Socket socket) {
        return ledger.session(socket.id(), socket.namespace().name());
    }

    /** Notes that the client's next event is handled. */
    private int handled(Socket socket, Args args) {
        int number = args.get(0, int.class);
        ledger.handled(this, session(socket), number);
        return number;
    }

    private void connected(Socket socket) {
        ledger.connected(this, session(socket), socket.recovered());
        if (!socket.recovered()) {
            ledger.joins(session(socket), HALL);
            socket.join(HALL);
        }
    }

    private void disconnected(Socket socket, DisconnectReason reason) {
        ledger.disconnected(session(socket), reason);
    }

    private void say(Socket socket, Args args) {
        int number = handled(socket, args);
        String room = args.get(1, String.class);
        String namespace = socket.namespace().name();
        if (number % 2 == 0) {
            int id = ledger.sends(
                    socket.id(), Audience.room(this, namespace, room).except(socket.id()), true);
            socket.to(room).emit("said", id, args.get(2, String.class));
        } else {
            int id = ledger.sends(socket.id(), Audience.room(this, namespace, room), true);
            socket.namespace().to(room).emit("said", id, args.get(2, String.class));
        }
        args.ack(number);
    }

    private void join(Socket socket, Args args) {
        int number = handled(socket, args);
        ledger.joins(session(socket), args.get(1, String.class));
        socket.join(args.get(1, String.class));
        args.ack(number);
    }

    private void leave(Socket socket, Args args) {
        int number = handled(socket, args);
        ledger.leaves(session(socket), args.get(1, String.class));
        socket.leave(args.get(1, String.class));
        args.ack(number);
    }

    /** Answers at once, late, twice or never. */
    private void ask(Socket socket, Args args) {
        int number = handled(socket, args);
        switch (args.get(1, int.class)) {
            case 0 -> args.ack(number);
            case 1 -> schedule.afterMillis(300, () -> args.ack(number));
            case 2 -> {
                args.ack(number);
                args.ack(number);
            }
            default -> {
                // Never.
            }
        }
    }

    private void quiz(Socket socket, Args args) {
        int number = handled(socket, args);
        ask(socket);
        args.ack(number);
    }

    /** Asks the client. */
    void ask(Socket socket) {
        int id =
                ledger.sends(socket.id(), Audience.room(this, socket.namespace().name(), socket.id()), false);
        ledger.questions().asks(this);
        socket.timeout(PATIENCE)
                .request("question", Integer.class, id)
                .whenComplete((answer, failure) -> ledger.questions().answered(this, id, answer));
    }

    /** Sends an event to everybody in a namespace. */
    void announce(String namespace, boolean droppable) {
        int id = ledger.sends(OUTSIDE, Audience.all(this, namespace), !droppable);
        if (droppable) {
            server.of(namespace).asVolatile().emit("news", id);
        } else {
            server.of(namespace).emit("news", id);
        }
    }

    /** Sends an event to one client, wherever it is. */
    void whisper(@Nullable SessionRecord to) {
        whisper(to, new byte[] {1, 2, 3});
    }

    /** Sends something to one client, wherever it is. */
    void whisper(@Nullable SessionRecord to, Object what) {
        if (to == null) {
            return;
        }
        int id = ledger.sends(OUTSIDE, Audience.room(this, to.namespace(), to.sid()), true);
        server.of(to.namespace()).to(to.sid()).emit("whisper", id, what);
    }

    /** Disconnects a client for good; it begins anew. */
    void kick(@Nullable SessionRecord session) {
        if (session != null) {
            ledger.kicks(session);
            server.of(session.namespace()).in(session.sid()).disconnectSockets(false);
        }
    }

    /** Closes a client's connection. */
    void killConnection(@Nullable SessionRecord session) {
        if (session != null) {
            server.of(session.namespace()).socket(session.sid()).ifPresent(Socket::closeConnection);
        }
    }

    /** Has all in a room join another one, or leave it. */
    void steer(String namespace, String from, String room, boolean joins) {
        ledger.steers(namespace, from, room, joins);
        if (joins) {
            server.of(namespace).in(from).socketsJoin(room);
        } else {
            server.of(namespace).in(from).socketsLeave(room);
        }
    }
}
