package io.sockeye.chat;

import io.sockeye.event.Rejection;
import io.sockeye.server.ConnectContext;
import io.sockeye.server.ConnectionRefused;
import io.sockeye.server.Socket;
import io.sockeye.server.SocketServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the chat does, event by event. */
final class Chat {
    /** How long a page may take to confirm that it shows a message. */
    private static final Duration DELIVERY = Duration.ofSeconds(10);

    private static final String TEXT = "A message needs 1 to 4000 characters.";
    private static final String PICTURE = "A picture must be PNG, JPEG, GIF or WebP of at most 700 kB.";
    private static final String GONE = "This person is no longer here.";

    private final SocketServer server;
    private final Histories histories = new Histories();
    private final People people;

    Chat(SocketServer server) {
        this.server = server;
        this.people = new People(server);
    }

    /** Tells the server what to do with each event. */
    void open() {
        server.use(this::introduce);
        server.onConnection(this::welcome);
        server.onRequest(ChatEvents.ENTER, this::enter);
        server.onRequest(ChatEvents.SAY, this::say);
        server.onRequest(ChatEvents.PICTURE, this::show);
        server.onRequest(ChatEvents.WHISPER, this::whisper);
        server.on(ChatEvents.TYPING, this::typing);
        server.onDisconnect((socket, reason) -> people.announce(Guest.of(socket).room()));
    }

    /** Nobody comes in without a name and a room; the page sends both along when it connects. */
    private void introduce(ConnectContext context) {
        var introduction = context.auth(Introduction.class);
        var guest = new Guest(Names.check("name", introduction.name()), Names.check("room", introduction.room()));
        context.data().put(Guest.KEY, guest);
    }

    private void welcome(Socket socket) {
        var guest = Guest.of(socket);
        socket.join(guest.room().key());
        var history = joinedHistory(guest.room());
        people.in(guest.room())
                .thenAccept(present -> socket.emit(
                        ChatEvents.WELCOME,
                        new Welcome(Person.of(socket), guest.room().name(), present, history)));
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
        var history = joinedHistory(next);
        return people.in(next).thenApply(present -> new Entered(next.name(), present, history));
    }

    /**
     * What was said in a room before somebody who has just joined it says something: read in the handler that joins, so that
     * no later event of the same person is in it. Messages that others send meanwhile may come both here and live; pages know
     * them by their ids.
     */
    private List<Message> joinedHistory(Room room) {
        return histories.of(room);
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
        socket.to(room.key())
                .timeout(DELIVERY)
                .request(ChatEvents.MESSAGE, message)
                .thenAccept(answers -> confirm(socket, message, answers.values().size()));
        return message.receipt();
    }

    /** The others' pages have acknowledged the message: the second tick. */
    private static void confirm(Socket socket, Message message, int pages) {
        socket.emit(ChatEvents.DELIVERED, new Delivered(message.id(), pages));
    }

    private CompletionStage<Receipt> whisper(Socket socket, Whisper whisper) {
        String to = whisper.to();
        String text = whisper.text();
        if (to == null || text == null || !Message.isText(text) || Room.isKey(to)) {
            throw new Rejection(TEXT);
        }
        return server.to(to).localSockets().thenApply(found -> {
            check(!found.isEmpty(), GONE);
            var message = Message.whisper(Person.of(socket), Person.of(found.get(0)), text);
            server.to(to)
                    .timeout(DELIVERY)
                    .request(ChatEvents.MESSAGE, message)
                    .thenAccept(
                            answers -> confirm(socket, message, answers.values().size()));
            return message.receipt();
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
