package io.sockeye.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.chat.Cable;
import io.sockeye.chat.ChatEvents;
import io.sockeye.chat.ChatServer;
import io.sockeye.chat.Introduction;
import io.sockeye.chat.Message;
import io.sockeye.chat.Picture;
import io.sockeye.client.SocketClient;
import io.sockeye.event.Args;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The chat in pipes: the real program as a process of its own, with the real server. */
@Timeout(180)
class TerminalChatIT {
    private static final long PATIENCE_SECONDS = 60;
    private static final String LOBBY = "lobby";

    private final List<AutoCloseable> visitors = new ArrayList<>();
    private ChatServer server;

    @BeforeEach
    void startServer() {
        server = ChatServer.start(0);
    }

    @AfterEach
    void everybodyLeaves() throws Exception {
        for (var visitor : visitors) {
            visitor.close();
        }
        server.close();
    }

    @Test
    void aScriptGetsItsAnswersInOrder() throws Exception {
        var ann = join("Ann").types("hello", "/who", "/room garden", "roses", "/whisper Bob hi", "/dance");

        assertThat(ann.leaves()).isZero();
        assertThat(ann.transcript().stream().filter(line -> !line.contains("transport:")))
                .containsExactly(
                        "* You are in lobby. Here: Ann (you)",
                        "You: hello ✓",
                        "* Here: Ann (you)",
                        "* You are in garden. Here: Ann (you)",
                        "You: roses ✓",
                        "! Nobody here has such a name. You are alone.",
                        "! There is no /dance; /help tells what there is.");
    }

    @Test
    void aScriptSeesNoEscapeCodesAndLeavesByQuit() throws Exception {
        var ann = join("Ann").types("\u001b[31mred", "/quit", "never said");

        assertThat(ann.leaves()).isZero();
        assertThat(ann.transcript())
                .noneMatch(line -> line.contains("\u001b") || line.contains("never"))
                .contains("You: \uFFFD[31mred ✓");
    }

    @Test
    void theTransportIsUpgradedBeforeTheEyes() throws Exception {
        join("Ann").prints("connected, transport: polling").prints("upgraded, transport: websocket");
    }

    @Test
    void whoeverComesLaterReadsWhatWasSaid() throws Exception {
        assertThat(join("Ann").types("Said before Bob came").leaves()).isZero();

        join("Bob").prints("Ann: Said before Bob came");
    }

    @Test
    void whoIsRefusedReadsWhy() throws Exception {
        var ann = join("A".repeat(31));

        assertThat(ann.leaves()).isEqualTo(1);
        assertThat(ann.transcript()).contains("! You are not let in: The name needs 1 to 30 characters.");
    }

    @Test
    void namesHaveNoControlCharacters() throws Exception {
        var ann = join("Ann\u0007");

        assertThat(ann.leaves()).isEqualTo(1);
        assertThat(ann.transcript()).contains("! You are not let in: The name may not contain control characters.");
    }

    @Test
    void aWhisperIsSeenByOnePersonOnly() throws Exception {
        var ann = join("Ann").prints("You are in lobby");
        var bob = join("Bob Two").prints("You are in lobby");
        var eve = join("Eve").prints("You are in lobby");
        ann.prints("* Bob Two came").prints("* Eve came");

        ann.types("/whisper bob two Not for Eve", "For everybody");

        bob.prints("Ann whispers to you: Not for Eve").prints("Ann: For everybody");
        ann.prints("You whisper to Bob Two: Not for Eve ✓").prints("✓✓ delivered to 2");
        eve.prints("Ann: For everybody");
        assertThat(eve.transcript()).noneMatch(line -> line.contains("Not for Eve"));
        assertThat(bob.leaves()).isZero();
        ann.prints("* Bob Two left");
    }

    @Test
    void sharesTheRoomWithAnyOtherClient() throws Exception {
        var ann = join("Ann").prints("You are in lobby");
        BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
        var cyd = client("Cyd");
        cyd.on(ChatEvents.MESSAGE, heard -> {
            messages.add(heard);
            cyd.emit(ChatEvents.RECEIVED, heard.id());
        });
        cyd.connect().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        ann.prints("* Cyd came");

        cyd.emit(ChatEvents.TYPING, true);
        ann.prints("* Cyd is typing …");
        cyd.request(ChatEvents.SAY, Args.class, "Good morning").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        ann.prints("Cyd: Good morning");
        cyd.request(ChatEvents.PICTURE, Args.class, new Picture("cat.png", "image/png", ByteBuffer.allocate(12_345)))
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        ann.prints("Cyd: [picture cat.png, 12 kB]");

        ann.types("Good morning, Cyd");
        var message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        assertThat(message.from().name()).isEqualTo("Ann");
        assertThat(message.text()).isEqualTo("Good morning, Cyd");
        ann.prints("✓✓ delivered to 1");
    }

    @Test
    void comesBackWhenTheServerDoes() throws Exception {
        var ann = join("Ann").prints("upgraded, transport: websocket");
        int port = server.port();

        server.close();
        ann.prints("! The connection is lost")
                .prints("* trying again, attempt 1")
                .types("Typed meanwhile");
        server = ChatServer.start(port);

        ann.prints("* reconnected, attempt").prints("You: Typed meanwhile ✓");
        assertThat(ann.leaves()).isZero();
        join("Bob").prints("Ann: Typed meanwhile");
    }

    @Test
    void whoeverComesBackAfterABreakReadsWhatCameMeanwhile() throws Exception {
        try (var cable = new Cable(server.port())) {
            var ann = join("Ann").prints("You are in lobby");
            var bob = join("Bob", cable.port()).prints("You are in lobby");
            ann.prints("* Bob came");

            cable.cut();
            ann.prints("* Bob left").types("Said during the break");
            bob.prints("! The connection is lost").types("Typed during the break");
            cable.mend();

            bob.prints("* You are back in lobby. What you missed comes now.")
                    .prints("Ann: Said during the break")
                    .prints("You: Typed during the break ✓");
            ann.prints("* Bob is back").prints("✓✓ delivered to 1").prints("Bob: Typed during the break");
            bob.types("/room garden").prints("* You are in garden. Here: Bob (you)");
            ann.prints("* Bob left");
            assertThat(ann.transcript()).containsOnlyOnce("* Bob came");
            assertThat(bob.transcript()).containsOnlyOnce("* You are in lobby. Here: Ann, Bob (you)");
        }
    }

    @Test
    void aMessageWhoseReceiptIsLostIsShownAfterTheBreak() throws Exception {
        try (var cable = new Cable(server.port())) {
            var ann = join("Ann").prints("You are in lobby");
            var bob = join("Bob", cable.port())
                    .prints("upgraded, transport: websocket")
                    .prints("You are in lobby");

            cable.silenceServer();
            bob.types("Arrives, but nobody says so");
            ann.prints("Bob: Arrives");
            cable.cut();
            bob.prints("! The connection broke before the server confirmed it");
            cable.mend();

            bob.prints("* You are back in lobby").prints("Bob: Arrives, but nobody says so");
        }
    }

    private ChildChat join(String nick) throws Exception {
        return join(nick, server.port());
    }

    private ChildChat join(String nick, int port) throws Exception {
        var chat = ChildChat.join(port, nick, LOBBY);
        visitors.add(chat);
        return chat;
    }

    private SocketClient client(String name) {
        var client = SocketClient.builder("http://127.0.0.1:" + server.port())
                .auth(new Introduction(name, LOBBY))
                .build();
        visitors.add(client);
        return client;
    }
}
