package io.sockeye.chat.terminal;

import io.sockeye.chat.ChatEvents;
import io.sockeye.chat.Delivered;
import io.sockeye.chat.Entered;
import io.sockeye.chat.Introduction;
import io.sockeye.chat.Message;
import io.sockeye.chat.Person;
import io.sockeye.chat.Receipt;
import io.sockeye.chat.Typing;
import io.sockeye.chat.Welcome;
import io.sockeye.chat.Whisper;
import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.DisconnectReason;
import io.sockeye.client.Disconnection;
import io.sockeye.client.SocketClient;
import io.sockeye.event.DisconnectedException;
import io.sockeye.event.Event;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * One person in the chat: what the server tells becomes lines on the screen, what the person asks for becomes events. All
 * of it happens on one thread, on which the client calls its handlers, too.
 */
final class Visit implements AutoCloseable {
    private static final long TICK_MILLIS = 500;
    private static final long AFTER_KICK_MILLIS = 1000;
    private static final long FAREWELL_MILLIS = 3000;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "visit"));
    private final Screen screen;
    private final SocketClient client;
    private final ConnectionNews news;
    private final Board board;

    private final Lines lines = new Lines(ZoneId.systemDefault());
    private final Roster roster = new Roster();
    private final Typists typists = new Typists();
    private final Deliveries deliveries = new Deliveries();
    private final Seen seen = new Seen();
    private final TypingSignal typing;

    /** Who I am and where; what each new connection tells the server. */
    private volatile Introduction introduction;
    /** Those who can be whispered to, for the line editor. */
    private volatile List<String> names = List.of();
    /** Whether the list of people is that of my room; not while I am on the way to one. */
    private boolean inside;
    /** Whether a break has cost me an answer: then I do not know which room I am in, or whether it has what I said. */
    private boolean unanswered;

    private final CompletableFuture<Boolean> arrival = new CompletableFuture<>();
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private boolean leaving;

    Visit(Screen screen, String url, Introduction introduction) {
        this.screen = screen;
        this.introduction = introduction;
        board = new Board(screen, typists, System::currentTimeMillis);
        news = new ConnectionNews(screen, board);
        client = SocketClient.builder(url)
                .auth(() -> this.introduction)
                .handlerExecutor(thread)
                .onError((error, where) -> screen.print(Lines.problem(where + " failed: " + error)))
                .build();
        typing = new TypingSignal(typed -> client.asVolatile().emit(ChatEvents.TYPING, typed));
    }

    /** Rings the bell; the future tells whether the server lets the person in, and nothing while nobody answers. */
    CompletableFuture<Boolean> begin() {
        client.on(ChatEvents.WELCOME, this::welcomed);
        client.on(ChatEvents.PEOPLE, this::peopleChanged);
        client.on(ChatEvents.SOMEBODY_TYPES, this::somebodyTypes);
        client.on(ChatEvents.DELIVERED, this::delivered);
        client.on(ChatEvents.MESSAGE, this::received);
        client.onConnect(this::connected);
        client.onConnectError(this::notConnected);
        client.onDisconnect(this::lost);
        client.onConnection(news);
        screen.assist(() -> names, line -> thread.execute(() -> typing.typed(line, System.currentTimeMillis())));
        thread.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        client.connect();
        return arrival;
    }

    private void tick() {
        typing.tick(System.currentTimeMillis());
        board.refresh();
    }

    // What the server tells.

    /** If the server has kept my place, there is no welcome: the events that I missed come next. */
    private void connected() {
        if (!client.recovered()) {
            return;
        }
        screen.print(Lines.notice("You are back in " + introduction.room() + ". What you missed comes now."));
        inside = !unanswered;
        if (unanswered) {
            client.request(ChatEvents.LOOK, Entered.class).whenCompleteAsync(this::entered, thread);
        }
    }

    /** Each connection starts here, the first as well as one after a break for which the server has not kept my place. */
    private void welcomed(Welcome welcome) {
        deliveries.clear();
        roster.recognize(welcome.you());
        introduction = new Introduction(welcome.you().name(), welcome.room());
        arrived(welcome.room(), welcome.people(), welcome.history());
        arrival.complete(true);
    }

    private void arrived(String room, List<Person> people, List<Message> history) {
        inside = true;
        unanswered = false;
        introduction = new Introduction(introduction.name(), room);
        roster.enter(people);
        typists.forgetAll();
        screen.print(Lines.notice("You are in " + room + ". Here: " + roster.everybody()));
        history.stream().filter(message -> seen.add(message.id())).forEach(this::show);
        names = roster.others();
        board.room(room, roster.size());
    }

    private void peopleChanged(List<Person> people) {
        if (!inside) {
            return;
        }
        roster.update(people).forEach(change -> screen.print(Lines.notice(change)));
        names = roster.others();
        board.people(roster.size());
    }

    private void received(Message message) {
        if (seen.add(message.id())) {
            typists.forget(message.from().id());
            show(message);
            board.refresh();
        }
        client.emit(ChatEvents.RECEIVED, message.id());
    }

    private void show(Message message) {
        screen.print(lines.message(message));
    }

    private void somebodyTypes(Typing typist) {
        typists.hear(typist, System.currentTimeMillis());
        board.refresh();
    }

    private void delivered(Delivered delivered) {
        deliveries.delivered(delivered).ifPresent(board::hint);
        settle();
    }

    // How the connection is doing, beside the news.

    /** While the client is active, it tries again by itself: nobody refused anything. */
    private void notConnected(ConnectFailedException failure) {
        if (client.active()) {
            news.unreachable(failure);
            return;
        }
        screen.print(Lines.problem("You are not let in: " + failure.getMessage()));
        arrival.complete(false);
    }

    private void lost(Disconnection end) {
        inside = false;
        typists.forgetAll();
        if (leaving) {
            settled.complete(null);
        }
        board.refresh();
        if (end.reason() == DisconnectReason.IO_SERVER_DISCONNECT) {
            thread.schedule(client::connect, AFTER_KICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    // What the person wants.

    /** Does what a command says; completed when it is done, or cannot be, which the person is told of. */
    CompletableFuture<Void> perform(Command command) {
        return CompletableFuture.completedFuture(command)
                .thenComposeAsync(it -> it.perform(this), thread)
                .exceptionallyAsync(this::complain, thread);
    }

    CompletableFuture<Void> say(String text) {
        return ask(ChatEvents.SAY, text, Receipt.class)
                .thenAcceptAsync(
                        receipt -> accepted(receipt, roster.others().size(), lines.said(text, receipt.at())), thread);
    }

    /** @param nameAndText a name in the room, and what is for that person alone */
    CompletableFuture<Void> whisper(String nameAndText) {
        var whisper = roster.address(nameAndText);
        var to = whisper.to();
        return ask(ChatEvents.WHISPER, new Whisper(to.id(), whisper.text()), Receipt.class)
                .thenAcceptAsync(
                        receipt -> accepted(receipt, 1, lines.whispered(to, whisper.text(), receipt.at())), thread);
    }

    private void accepted(Receipt receipt, int others, AttributedString line) {
        if (seen.add(receipt.id())) { // Else the history had it already, after a break.
            screen.print(line);
        }
        deliveries.accepted(receipt.id(), others).ifPresent(board::hint);
        settle();
    }

    CompletableFuture<Void> go(String room) {
        if (!inside) {
            throw new Refused("You are not connected right now.");
        }
        inside = false; // The next list of people may be that of either room.
        return ask(ChatEvents.ENTER, room, Entered.class)
                .whenCompleteAsync(this::entered, thread)
                .thenAccept(entered -> {});
    }

    /** In the room that the answer shows, or still in the one before. */
    private void entered(@Nullable Entered entered, @Nullable Throwable failure) {
        if (entered != null) {
            arrived(entered.room(), entered.people(), entered.history());
            return;
        }
        inside = client.connected();
    }

    CompletableFuture<Void> who() {
        return tell(Lines.notice("Here: " + roster.everybody()));
    }

    CompletableFuture<Void> tell(AttributedString line) {
        screen.print(line);
        return CompletableFuture.completedFuture(null);
    }

    /** The server's answer. An event waits until there is a connection, so that nothing is said in vain meanwhile. */
    private <T, R> CompletableFuture<R> ask(Event<T> event, T value, Class<R> type) {
        typing.stopped();
        if (!client.connected()) {
            board.hint("waiting for the connection");
        }
        return client.request(event, type, value);
    }

    /** A rejection by the server tells why in words for people, as {@link Refused} does. */
    private @Nullable Void complain(Throwable failure) {
        var cause = failure instanceof CompletionException wrapper && wrapper.getCause() != null
                ? wrapper.getCause()
                : failure;
        if (cause instanceof DisconnectedException) {
            unanswered = true;
            screen.print(Lines.problem("The connection broke before the server confirmed it: it may be lost."));
        } else {
            screen.print(Lines.problem(String.valueOf(cause.getMessage())));
        }
        return null;
    }

    // The end.

    /** Completed once the others have what I said, or after a moment. */
    CompletableFuture<Void> settled() {
        leaving = true;
        settle();
        return settled.completeOnTimeout(null, FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void settle() {
        if (leaving && deliveries.settled()) {
            settled.complete(null);
        }
    }

    /** Leaves, after what was said has been sent. */
    @Override
    public void close() {
        client.close();
        thread.shutdownNow();
    }
}
