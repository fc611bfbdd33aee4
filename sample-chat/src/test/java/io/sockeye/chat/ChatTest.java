package io.sockeye.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.event.Rejection;
import io.sockeye.test.TestServer;
import io.sockeye.test.TestSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the chat answers and sends, without a network. */
class ChatTest {
    private final TestServer server = TestServer.of(ChatServer::settings);

    @BeforeEach
    void open() {
        new Chat(server.server()).open();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void nobodyComesInWithoutAName() {
        assertThatThrownBy(() -> guest(" "))
                .isInstanceOfSatisfying(
                        ConnectFailedException.class,
                        it -> assertThat(it.data())
                                .hasValueSatisfying(data ->
                                        assertThat(data.fields().get("field")).hasToString("STRING \"name\"")))
                .hasMessage("The name needs 1 to 30 characters.");
    }

    @Test
    void aGuestIsWelcomedAndShownToTheOthers() {
        var ann = guest("Ann");
        var bob = guest("bob");

        assertThat(bob.rooms()).containsExactlyInAnyOrder(bob.id(), "room:lobby");
        assertThat(bob.sent(ChatEvents.WELCOME)).singleElement().satisfies(welcome -> {
            assertThat(welcome.you()).isEqualTo(new Person(bob.id(), "bob"));
            assertThat(welcome.people()).extracting(Person::name).containsExactly("Ann", "bob");
        });
        assertThat(latestPeople(ann)).extracting(Person::name).containsExactly("Ann", "bob");
        bob.sayGoodbye();
        assertThat(latestPeople(ann)).extracting(Person::name).containsExactly("Ann");
    }

    @Test
    void aMessageReachesTheOthersOfTheRoomAndTheHistory() {
        var ann = guest("Ann");
        var bob = guest("Bob");

        var receipt = ann.ask(ChatEvents.SAY, "Hello").as(Receipt.class);

        assertThat(bob.sent(ChatEvents.MESSAGE)).singleElement().satisfies(message -> {
            assertThat(message.id()).isEqualTo(receipt.id());
            assertThat(message.from().name()).isEqualTo("Ann");
            assertThat(message.text()).isEqualTo("Hello");
        });
        assertThat(ann.sent(ChatEvents.MESSAGE)).isEmpty();
        assertThat(guest("Cyd").sent(ChatEvents.WELCOME).get(0).history())
                .extracting(Message::text)
                .containsExactly("Hello");
    }

    @Test
    void whatIsNoMessageIsRefused() {
        var ann = guest("Ann");

        for (var text : List.of(" ", "x".repeat(4001))) {
            var answer = ann.ask(ChatEvents.SAY, text);
            assertThatThrownBy(() -> answer.as(Receipt.class))
                    .isInstanceOf(Rejection.class)
                    .hasMessage("A message needs 1 to 4000 characters.");
        }
        var noPicture = new Picture("a.svg", "image/svg+xml", ByteBuffer.wrap(new byte[] {1}));
        assertThatThrownBy(() -> ann.ask(ChatEvents.PICTURE, noPicture).as(Receipt.class))
                .isInstanceOf(Rejection.class);
    }

    @Test
    void aPictureKeepsItsBytes() {
        var ann = guest("Ann");
        var bob = guest("Bob");
        byte[] bytes = {1, 2, 3};

        ann.ask(ChatEvents.PICTURE, new Picture("a.png", "image/png", ByteBuffer.wrap(bytes)))
                .as(Receipt.class);

        assertThat(bob.sent(ChatEvents.MESSAGE).get(0).picture())
                .isEqualTo(new Picture("a.png", "image/png", ByteBuffer.wrap(bytes)));
    }

    @Test
    void aWhisperIsForOnePersonAlone() {
        var ann = guest("Ann");
        var bob = guest("Bob");
        var cyd = guest("Cyd");

        ann.ask(ChatEvents.WHISPER, new Whisper(bob.id(), "psst")).as(Receipt.class);

        assertThat(bob.sent(ChatEvents.MESSAGE)).extracting(Message::text).containsExactly("psst");
        assertThat(cyd.sent(ChatEvents.MESSAGE)).isEmpty();
        bob.sayGoodbye();
        var late = ann.ask(ChatEvents.WHISPER, new Whisper(bob.id(), "still there?"));
        assertThatThrownBy(() -> late.as(Receipt.class)).hasMessage("This person is no longer here.");
    }

    @Test
    void aGuestGoesToAnotherRoom() {
        var ann = guest("Ann");
        var bob = guest("Bob");

        var view = ann.ask(ChatEvents.ENTER, " garden ").as(Entered.class);
        ann.ask(ChatEvents.SAY, "Roses").as(Receipt.class);

        assertThat(view.room()).isEqualTo("garden");
        assertThat(ann.joinedRooms()).containsExactly("room:lobby", "room:garden");
        assertThat(ann.leftRooms()).containsExactly("room:lobby");
        assertThat(latestPeople(bob)).extracting(Person::name).containsExactly("Bob");
        assertThat(bob.sent(ChatEvents.MESSAGE)).isEmpty();
    }

    /** What the answers that a break has swallowed would have told. */
    @Test
    void aGuestCanLookWhereTheyAre() {
        var ann = guest("Ann");
        ann.ask(ChatEvents.ENTER, "garden").as(Entered.class);
        ann.ask(ChatEvents.SAY, "Roses").as(Receipt.class);

        var view = ann.ask(ChatEvents.LOOK).as(Entered.class);

        assertThat(view.room()).isEqualTo("garden");
        assertThat(view.people()).extracting(Person::name).containsExactly("Ann");
        assertThat(view.history()).extracting(Message::text).containsExactly("Roses");
    }

    @Test
    void everyPageCountsOnce() {
        var ann = guest("Ann");
        var bob = guest("Bob");
        var cyd = guest("Cyd");
        var id = ann.ask(ChatEvents.SAY, "Twice is once").as(Receipt.class).id();

        Stream.of(id, id, "not a message").forEach(it -> bob.receive(ChatEvents.RECEIVED, it));
        cyd.receive(ChatEvents.RECEIVED, id);

        assertThat(ann.sent(ChatEvents.DELIVERED)).containsExactly(new Delivered(id, 1), new Delivered(id, 2));
    }

    @Test
    void whoTypesIsToldToTheOthersUnlessTheyAreSlow() {
        var ann = guest("Ann");
        var bob = guest("Bob");

        ann.receive(ChatEvents.TYPING, true);

        assertThat(bob.sent("typing"))
                .extracting(it -> it.as(ChatEvents.SOMEBODY_TYPES))
                .containsExactly(new Typing(ann.id(), "Ann", true));
        assertThat(ann.broadcasts())
                .singleElement()
                .satisfies(it -> assertThat(it.flags().droppable()).isTrue());
    }

    private TestSocket guest(String name) {
        return server.connect("/", new Introduction(name, "lobby"));
    }

    private static List<Person> latestPeople(TestSocket guest) {
        List<List<Person>> lists = guest.sent(ChatEvents.PEOPLE);
        return lists.get(lists.size() - 1);
    }
}
