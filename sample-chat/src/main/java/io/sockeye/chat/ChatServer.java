package io.sockeye.chat;

import io.sockeye.server.CannotListenException;
import io.sockeye.server.ConnectContext;
import io.sockeye.server.ConnectionRefused;
import io.sockeye.server.Socket;
import io.sockeye.server.SocketServer;
import io.sockeye.server.http.StaticFiles;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A chat: open the page, choose a name and a room, talk. */
public final class ChatServer implements AutoCloseable {
    private static final int PORT = 3000;
    /** How long a page may take to confirm that it shows a message. */
    private static final Duration DELIVERY = Duration.ofSeconds(10);

    private final SocketServer server;
    private final Histories histories = new Histories();
    /** The last announcement; guarded by this. */
    private CompletableFuture<Void> announcements = CompletableFuture.completedFuture(null);

    private ChatServer(int port) {
        server = SocketServer.builder()
                .port(port)
                .http(StaticFiles.of(ChatServer.class, "/web"))
                .build();

        server.use(this::introduce);
        server.onConnection(this::welcome);
        server.onRequest("enter", String.class, this::enter);
        server.onRequest("say", String.class, this::say);
        server.onRequest("picture", Picture.class, this::show);
        server.onRequest("whisper", Whisper.class, this::whisper);
        server.on("typing", Boolean.class, this::typing);
        server.onDisconnect((socket, reason) -> announcePeople(Guest.of(socket).room()));
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
        peopleIn(guest.room())
                .thenAccept(people -> socket.emit(
                        "welcome",
                        new Welcome(Person.of(socket), guest.room().name(), people, histories.of(guest.room()))));
        announcePeople(guest.room());
    }

    private Object enter(Socket socket, String name) {
        Room next;
        try {
            next = new Room(Names.check("room", name));
        } catch (ConnectionRefused e) {
            return new Failure(String.valueOf(e.getMessage()));
        }
        var previous = Guest.of(socket).room();
        socket.leave(previous.key());
        socket.join(next.key());
        socket.data().put(Guest.KEY, Guest.of(socket).in(next));
        announcePeople(previous);
        announcePeople(next);
        return peopleIn(next).thenApply(people -> new Entered(next.name(), people, histories.of(next)));
    }

    /** What the handler returns is the acknowledgement: the page shows the first tick. */
    private Object say(Socket socket, String text) {
        return Message.isText(text) ? publish(socket, Message.text(Person.of(socket), text)) : Failure.TEXT;
    }

    private Object show(Socket socket, Picture picture) {
        return picture.isShowable() ? publish(socket, Message.picture(Person.of(socket), picture)) : Failure.PICTURE;
    }

    private Receipt publish(Socket socket, Message message) {
        var room = Guest.of(socket).room();
        histories.add(room, message);
        socket.to(room.key())
                .timeout(DELIVERY)
                .request("message", message)
                .thenAccept(answers -> confirm(socket, message, answers.values().size()));
        return message.receipt();
    }

    /** The others' pages have acknowledged the message: the second tick. */
    private static void confirm(Socket socket, Message message, int people) {
        socket.emit("delivered", new Delivered(message.id(), people));
    }

    private Object whisper(Socket socket, Whisper whisper) {
        String to = whisper.to();
        String text = whisper.text();
        if (to == null || text == null || !Message.isText(text) || Room.isKey(to)) {
            return Failure.TEXT;
        }
        return server.to(to).fetchSockets().thenApply(found -> {
            if (found.isEmpty()) {
                return Failure.GONE;
            }
            var message = Message.whisper(Person.of(socket), Person.of(found.get(0)), text);
            server.to(to)
                    .timeout(DELIVERY)
                    .request("message", message)
                    .thenAccept(
                            answers -> confirm(socket, message, answers.values().size()));
            return message.receipt();
        });
    }

    /** Nobody misses a lost hint: volatile. */
    private void typing(Socket socket, boolean typing) {
        var person = Person.of(socket);
        socket.to(Guest.of(socket).room().key())
                .asVolatile()
                .emit("typing", Map.of("id", person.id(), "name", person.name(), "typing", typing));
    }

    /** One after another, so that nobody is left with a list that is out of date. */
    private synchronized void announcePeople(Room room) {
        announcements = announcements
                .thenCompose(done -> peopleIn(room))
                .thenAccept(people -> server.to(room.key()).emit("people", people));
    }

    private CompletableFuture<List<Person>> peopleIn(Room room) {
        return server.to(room.key())
                .fetchSockets()
                .thenApply(sockets -> sockets.stream()
                        .map(Person::of)
                        .sorted(Comparator.comparing(Person::name, String.CASE_INSENSITIVE_ORDER))
                        .toList());
    }

    /** Starts a chat; port 0 takes any free one. */
    public static ChatServer start(int port) {
        var chat = new ChatServer(port);
        chat.server.start();
        return chat;
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    public static void main(String[] args) {
        try {
            var chat = start(args.length == 0 ? PORT : Integer.parseInt(args[0]));
            Runtime.getRuntime().addShutdownHook(new Thread(chat::close, "stop"));
            System.out.println("The chat is open: http://localhost:" + chat.port());
        } catch (CannotListenException e) {
            System.err.println(e.getMessage() + ". Is another program using the port?");
            System.exit(1);
        }
    }
}
