package io.sockeye.chat;

import io.sockeye.event.Rejection;
import io.sockeye.server.Broadcast;
import io.sockeye.server.ConnectContext;
import io.sockeye.server.ConnectionRefused;
import io.sockeye.server.Socket;
import io.sockeye.server.SocketServer;
import java.util.concurrent.CompletionStage;

/** What the chat does, event by event. */
final class Chat {
    private static final String TEXT = "A message needs 1 to 4000 characters.";
    private static final String PICTURE = "A picture must be PNG, JPEG, GIF or WebP of at most 700 kB.";
    private static final String GONE = "This person is no longer here.";

    private final SocketServer server;
    private final Histories histories = new Histories();
    private final Confirmations confirmations;
    private final People people;

    Chat(SocketServer server) {
        this.server = server;
        this.confirmations = new Confirmations(server);
        this.people = new People(server);
    }

    /** Tells the server what to do with each event. */
    void open() {
        server.use(this::introduce);
        server.onConnection(this::welcome);
        server.onRequest(ChatEvents.ENTER, this::enter);
        server.onRequest(
                ChatEvents.LOOK, (socket, nothing) -> look(Guest.of(socket).room()));
        server.onRequest(ChatEvents.SAY, this::say);
        server.onRequest(ChatEvents.PICTURE, this::show);
        server.onRequest(ChatEvents.WHISPER, this::whisper);
        server.on(ChatEvents.RECEIVED, (socket, id) -> confirmations.confirm(id, socket.id()));
        server.on(ChatEvents.TYPING, this::typing);
        server.onDisconnect((socket, reason) -> people.announce(Guest.of(socket).room()));
    }

    /** Nobody comes in without a name and a room; the page sends both along when it connects. */
    private void introduce(ConnectContext context) {
        var introduction = context.auth(Introduction.class);
        var guest = new Guest(Names.check("name", introduction.name()), Names.check("room", introduction.room()));
        context.data().put(Guest.KEY, guest);
    }

    /** A recovered socket is still in its room and has got the events that it missed, so that it needs no second welcome. */
    private void welcome(Socket socket) {
        var guest = Guest.of(socket);
        if (!socket.recovered()) {
            socket.join(guest.room().key());
            look(guest.room()).thenAccept(view -> socket.emit(ChatEvents.WELCOME, Welcome.of(Person.of(socket), view)));
        }
        people.announce(guest.room());
    }

    private CompletionStage<Entered> enter(Socket socket, String name) {
        Room next;
        try {
            next = new Room(Names.check("room", name));
        } catch (ConnectionRefused e) {
            throw new Rejection(String.valueOf(e.getMessage()));
        }
        var previous = Guest.of(socket).room();
        socket.leave(previous.key());
        socket.join(next.key());
        socket.data().put(Guest.KEY, Guest.of(socket).in(next));
        people.announce(previous);
        people.announce(next);
        return look(next);
    }

    /**
     * What is to be seen in a room. The history is read at once, in the handler that joins: no later event of the same person
     * is in it. Messages that others send meanwhile may come both here and live; pages know them by their ids.
     */
    private CompletionStage<Entered> look(Room room) {
        var history = histories.of(room);
        return people.in(room).thenApply(present -> new Entered(room.name(), present, history));
    }

    /** What the handler returns is the acknowledgement: the page shows the first tick. */
    private Receipt say(Socket socket, String text) {
        check(Message.isText(text), TEXT);
        return publish(socket, Message.text(Person.of(socket), text));
    }

    private Receipt show(Socket socket, Picture picture) {
        check(picture.isShowable(), PICTURE);
        return publish(socket, Message.picture(Person.of(socket), picture));
    }

    private Receipt publish(Socket socket, Message message) {
        var room = Guest.of(socket).room();
        histories.add(room, message);
        return send(message, socket.to(room.key()));
    }

    /** Emits the message instead of requesting an answer: only emitted events are kept for a socket that is away. */
    private Receipt send(Message message, Broadcast to) {
        confirmations.expect(message);
        to.emit(ChatEvents.MESSAGE, message);
        return message.receipt();
    }

    private CompletionStage<Receipt> whisper(Socket socket, Whisper whisper) {
        String to = whisper.to();
        String text = whisper.text();
        if (to == null || text == null || !Message.isText(text) || Room.isKey(to)) {
            throw new Rejection(TEXT);
        }
        return server.to(to).localSockets().thenApply(found -> {
            check(!found.isEmpty(), GONE);
            return send(Message.whisper(Person.of(socket), Person.of(found.get(0)), text), server.to(to));
        });
    }

    /** What a handler throws as a rejection is the answer, for pages and for clients in Java. */
    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new Rejection(problem);
        }
    }

    /** Nobody misses a lost hint: volatile. */
    private void typing(Socket socket, boolean typing) {
        var person = Person.of(socket);
        socket.to(Guest.of(socket).room().key())
                .asVolatile()
                .emit(ChatEvents.SOMEBODY_TYPES, new Typing(person.id(), person.name(), typing));
    }
}
