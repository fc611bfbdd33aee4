package io.sockeye.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.SocketClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
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

    private List<Message> nextHistory() throws Exception {
        var welcome = new CompletableFuture<Welcome>();
        try (var bob = client("Bob")) {
            bob.on(ChatEvents.WELCOME, welcome::complete);
            bob.connect();
            return welcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS).history();
        }
    }

    private SocketClient client(String name) {
        return SocketClient.builder("http://127.0.0.1:" + server.port())
                .auth(new Introduction(name, "lobby"))
                .build();
    }
}
