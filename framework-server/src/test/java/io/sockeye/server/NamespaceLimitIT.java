package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many namespaces one client may have. */
@Timeout(30)
class NamespaceLimitIT {
    private static final String INVALID = ",{\"message\":\"Invalid namespace\"}";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void whoAsksForTooManyAtOnceIsDisconnectedBeforeMoreMatchersAreAsked() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start(builder -> builder.maxNamespaces(3));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        server.of(candidate -> {
            notes.add(candidate.namespace());
            return !release.await(20, TimeUnit.SECONDS);
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("40/a,");
            client.send("40/a,");
            client.send("40/b,");
            assertThat(notes.next(2)).containsExactlyInAnyOrder("/a", "/b");
            client.send("40/c,");
            client.send("40/d,");
            assertThat(notes.next()).isEqualTo("forced close");
            release.countDown();
            assertThat(new String[] {client.next(), client.next()})
                    .containsExactlyInAnyOrder("44/a" + INVALID, "44/b" + INVALID);
            assertThat(client.next()).startsWith("close");
        }
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void whatAClientLeftOrWasRefusedDoesNotCount() throws Exception {
        var server = servers.start(builder -> builder.maxNamespaces(2));
        server.of("/a");
        server.of("/b");
        server.of(candidate -> false);
        try (var client = WebSocketClient.join(server)) {
            for (int i = 0; i < 5; i++) {
                client.send("40/unknown,");
                client.expect("44/unknown,");
            }
            client.join("/a,");
            client.send("41/a,");
            client.join("/b,");
            client.send("40/a,");
            assertThat(client.next()).startsWith("close");
        }
    }

    @Test
    void clientsBringNoMoreNamespacesIntoBeingThanThereMayBe() throws Exception {
        var server = servers.start(builder -> builder.maxDynamicNamespaces(2));
        var rooms = server.of(Pattern.compile("/room-\\d"));
        server.of("/room-9");
        try (var client = WebSocketClient.open(server);
                var other = WebSocketClient.open(server)) {
            client.join("/room-1,");
            other.join("/room-2,");
            client.send("40/room-3,");
            client.expect("44/room-3,{\"message\":\"too many namespaces\"}");
            client.join("/room-2,");
            client.join("/room-9,");
            assertThat(rooms.namespaces()).hasSize(3);
            client.send("41/room-1,");
            while (rooms.namespaces().size() == 3) {
                Thread.onSpinWait();
            }
            other.join("/room-3,");
        }
    }

    @Test
    void thereIsRoomForOneAtLeast() {
        assertThatThrownBy(() -> SocketServer.builder().maxNamespaces(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("maxNamespaces: 0");
    }
}
