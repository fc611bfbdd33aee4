package io.sockeye.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.SocketClient;
import io.sockeye.test.SentEvent;
import io.sockeye.test.SocketServerExtension;
import io.sockeye.test.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only real connections show: events that are sent before they are open, and breaks. */
@Timeout(120)
class ChatIT {
    private static final long PATIENCE_SECONDS = 60;

    @RegisterExtension
    final SocketServerExtension server = SocketServerExtension.of(ChatServer::settings)
            .handlers(it -> new Chat(it).open())
            .patience(Duration.ofSeconds(PATIENCE_SECONDS));

    /** What is emitted before the connection arrives together with the wish to join: its handler may run right after. */
    @RepeatedTest(20)
    void whatSomebodySaysAtOnceIsNotInTheHistoryOfTheirOwnWelcome() throws Exception {
        var ann = server.newClient("/", it -> it.auth(new Introduction("Ann", "lobby")));
        var said = ann.request(ChatEvents.SAY, Receipt.class, "Typed meanwhile");
        ann.connect();
        said.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        assertThat(ann.awaitEvent(ChatEvents.WELCOME).history()).isEmpty();
        assertThat(guest("Bob").awaitEvent(ChatEvents.WELCOME).history())
                .extracting(Message::text)
                .containsExactly("Typed meanwhile");
    }

    @Test
    void whoeverComesBackAfterABreakHasTheRoomTheMessagesAndTheTicks() throws Exception {
        try (var cable = new Cable(server.server().port());
                var bob = behind(cable, "Bob")) {
            var ann = guest("Ann");
            BlockingQueue<Boolean> returns = new LinkedBlockingQueue<>();
            bob.onConnect(() -> returns.add(bob.recovered()));
            bob.on(ChatEvents.MESSAGE, message -> bob.emit(ChatEvents.RECEIVED, message.id()));
            bob.connect().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(returns.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isFalse();
            var you = bob.awaitEvent(ChatEvents.WELCOME).you();
            awaitPeople(ann, 2);

            cable.cut();
            awaitPeople(ann, 1);
            var receipt = say(ann, "Bob, are you there?");
            cable.mend();

            assertThat(returns.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(bob.awaitEvent(ChatEvents.MESSAGE).text()).isEqualTo("Bob, are you there?");
            assertThat(ann.awaitEvent(ChatEvents.DELIVERED)).isEqualTo(new Delivered(receipt.id(), 1));
            assertThat(awaitPeople(ann, 2)).contains(you);
            say(ann, "Good");
            assertThat(bob.awaitEvent(ChatEvents.MESSAGE).text()).isEqualTo("Good");
            assertThat(bob.events()).extracting(SentEvent::name).containsOnlyOnce("welcome");
        }
    }

    @Test
    void theSecondTickWaitsForAnAuthorWhoIsAway() throws Exception {
        try (var cable = new Cable(server.server().port());
                var ann = behind(cable, "Ann")) {
            var bob = guest("Bob");
            ann.connect().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            awaitPeople(bob, 2);
            var receipt = say(ann, "I am gone in a moment");
            var message = bob.awaitEvent(ChatEvents.MESSAGE);

            cable.cut();
            awaitPeople(bob, 1);
            bob.emit(ChatEvents.RECEIVED, message.id());
            cable.mend();

            assertThat(ann.awaitEvent(ChatEvents.DELIVERED)).isEqualTo(new Delivered(receipt.id(), 1));
        }
    }

    private static Receipt say(SocketClient client, String text) throws Exception {
        return client.request(ChatEvents.SAY, Receipt.class, text).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static List<Person> awaitPeople(TestClient client, int size) {
        var people = client.awaitEvent(ChatEvents.PEOPLE);
        while (people.size() != size) {
            people = client.awaitEvent(ChatEvents.PEOPLE);
        }
        return people;
    }

    private TestClient guest(String name) {
        return server.client("/", it -> it.auth(new Introduction(name, "lobby")));
    }

    private TestClient behind(Cable cable, String name) {
        return server.observe(SocketClient.builder("http://127.0.0.1:" + cable.port())
                .auth(new Introduction(name, "lobby"))
                .build());
    }
}
