package io.sockeye.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.SocketClient;
import io.sockeye.event.Event;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The chat's events as a client sees them, over a real connection. */
@Timeout(120)
class ChatIT {
    private static final long PATIENCE_SECONDS = 60;

    private ChatServer server;

    @BeforeEach
    void startServer() {
        server = ChatServer.start(0);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    /** What is emitted before the connection arrives together with the wish to join: its handler may run right after. */
    @RepeatedTest(20)
    void whatSomebodySaysAtOnceIsNotInTheHistoryOfTheirOwnWelcome() throws Exception {
        var welcome = new CompletableFuture<Welcome>();
        try (var ann = client("Ann")) {
            ann.on(ChatEvents.WELCOME, welcome::complete);
            var said = ann.request(ChatEvents.SAY, Receipt.class, "Typed meanwhile");
            ann.connect();
            said.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

            assertThat(welcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS).history())
                    .isEmpty();
        }
        assertThat(nextHistory()).extracting(Message::text).containsExactly("Typed meanwhile");
    }

    @Test
    void whoeverComesBackAfterABreakHasTheRoomTheMessagesAndTheTicks() throws Exception {
        try (var cable = new Cable(server.port());
                var ann = client("Ann");
                var bob = client("Bob", cable.port())) {
            var welcomes = queue(bob, ChatEvents.WELCOME);
            var messages = queue(bob, ChatEvents.MESSAGE);
            var people = queue(ann, ChatEvents.PEOPLE);
            var delivered = queue(ann, ChatEvents.DELIVERED);
            BlockingQueue<Boolean> returns = new LinkedBlockingQueue<>();
            bob.onConnect(() -> returns.add(bob.recovered()));
            bob.on(ChatEvents.MESSAGE, message -> bob.emit(ChatEvents.RECEIVED, message.id()));
            ann.connect().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            bob.connect().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(next(returns)).isFalse();
            var you = next(welcomes).you();
            awaitPeople(people, 2);

            cable.cut();
            awaitPeople(people, 1);
            var receipt = say(ann, "Bob, are you there?");
            cable.mend();

            assertThat(next(returns)).isTrue();
            assertThat(next(messages).text()).isEqualTo("Bob, are you there?");
            assertThat(next(delivered)).isEqualTo(new Delivered(receipt.id(), 1));
            assertThat(awaitPeople(people, 2)).contains(you);
            say(ann, "Good");
            assertThat(next(messages).text()).isEqualTo("Good");
            assertThat(welcomes).isEmpty();
        }
    }

    @Test
    void theSecondTickWaitsForAnAuthorWhoIsAway() throws Exception {
        try (var cable = new Cable(server.port());
                var ann = client("Ann", cable.port());
                var bob = client("Bob")) {
            var people = queue(bob, ChatEvents.PEOPLE);
            var messages = queue(bob, ChatEvents.MESSAGE);
            var delivered = queue(ann, ChatEvents.DELIVERED);
            bob.connect().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            ann.connect().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            awaitPeople(people, 2);
            var receipt = say(ann, "I am gone in a moment");
            var message = next(messages);

            cable.cut();
            awaitPeople(people, 1);
            bob.emit(ChatEvents.RECEIVED, message.id());
            cable.mend();

            assertThat(next(delivered)).isEqualTo(new Delivered(receipt.id(), 1));
        }
    }

    @Test
    void everyPageCountsOnce() throws Exception {
        try (var ann = client("Ann");
                var bob = client("Bob");
                var cyd = client("Cyd")) {
            var people = queue(ann, ChatEvents.PEOPLE);
            var delivered = queue(ann, ChatEvents.DELIVERED);
            for (var each : List.of(ann, bob, cyd)) {
                each.connect().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            awaitPeople(people, 3);
            var receipt = say(ann, "Twice is once");

            bob.emit(ChatEvents.RECEIVED, receipt.id());
            bob.emit(ChatEvents.RECEIVED, receipt.id());
            bob.emit(ChatEvents.RECEIVED, "not a message");
            assertThat(next(delivered)).isEqualTo(new Delivered(receipt.id(), 1));
            cyd.emit(ChatEvents.RECEIVED, receipt.id());
            assertThat(next(delivered)).isEqualTo(new Delivered(receipt.id(), 2));
        }
    }

    /** What the answers that a break has swallowed would have told. */
    @Test
    void aGuestCanLookWhereTheyAre() throws Exception {
        try (var ann = client("Ann")) {
            ann.connect().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            ann.request(ChatEvents.ENTER, Entered.class, "garden").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            say(ann, "Roses");

            var view = ann.request(ChatEvents.LOOK, Entered.class).get(PATIENCE_SECONDS, TimeUnit.SECONDS);

            assertThat(view.room()).isEqualTo("garden");
            assertThat(view.people()).extracting(Person::name).containsExactly("Ann");
            assertThat(view.history()).extracting(Message::text).containsExactly("Roses");
        }
    }

    private static Receipt say(SocketClient client, String text) throws Exception {
        return client.request(ChatEvents.SAY, Receipt.class, text).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static <T> BlockingQueue<T> queue(SocketClient client, Event<T> event) {
        BlockingQueue<T> queue = new LinkedBlockingQueue<>();
        client.on(event, queue::add);
        return queue;
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        var next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static List<Person> awaitPeople(BlockingQueue<List<Person>> lists, int size) throws InterruptedException {
        var people = next(lists);
        while (people.size() != size) {
            people = next(lists);
        }
        return people;
    }

    private List<Message> nextHistory() throws Exception {
        var welcome = new CompletableFuture<Welcome>();
        try (var bob = client("Bob")) {
            bob.on(ChatEvents.WELCOME, welcome::complete);
            bob.connect();
            return welcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS).history();
        }
    }

    private SocketClient client(String name) {
        return client(name, server.port());
    }

    private static SocketClient client(String name, int port) {
        return SocketClient.builder("http://127.0.0.1:" + port)
                .auth(new Introduction(name, "lobby"))
                .build();
    }
}
