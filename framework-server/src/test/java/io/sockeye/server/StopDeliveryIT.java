package io.sockeye.server;

import static io.sockeye.server.WebSocketClient.CLOSE;
import static io.sockeye.server.WebSocketClient.FIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stop waits until slow clients have taken what was sent to them. */
@Timeout(60)
class StopDeliveryIT {
    /** More than the systems' buffers hold. */
    private static final int MUCH = 12 << 20;

    private static final int SMALL_BUFFER = 4 << 10;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void aWebSocketGetsTheLastMessageAndTheCloseFrame() throws Exception {
        var server = servers.start();
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = WebSocketClient.open(Wire.to(server, SMALL_BUFFER))) {
            client.join("");
            server.emit("last", "x".repeat(MUCH));
            var stopped = stop(server);
            assertThat(notes.next()).isEqualTo("server shutting down");
            assertWaits(stopped);
            assertThat(client.next()).hasSize(MUCH + "42[\"last\",\"\"]".length());
            assertThat(client.next()).isEqualTo("close");
            assertWaits(stopped);
            client.frame(FIN | CLOSE, new byte[0]);
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep-alive", "close"})
    void anAnswerArrivesInFull(String connection) throws Exception {
        var server = servers.start(builder -> builder.http(request -> {
            notes.add("asked");
            return HttpResponse.ok("application/octet-stream", Bytes.wrap(new byte[MUCH]));
        }));
        try (var wire = Wire.to(server, SMALL_BUFFER)) {
            wire.request("GET", "/much", "", "Connection: " + connection);
            assertThat(notes.next()).isEqualTo("asked");
            var stopped = stop(server);
            assertWaits(stopped);
            assertThat(wire.reply().content().length()).isEqualTo(MUCH);
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoTakesNothingIsNotWaitedForLongerThanTheTimeout() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.open(Wire.to(server, SMALL_BUFFER))) {
            client.join("");
            server.emit("last", "x".repeat(MUCH));
            long start = System.nanoTime();
            server.stop(Duration.ofMillis(300));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(250), Duration.ofSeconds(8));
            assertThat(client.wire().ends()).isTrue();
        }
    }

    private static CompletableFuture<Void> stop(SocketServer server) {
        return CompletableFuture.runAsync(() -> server.stop(Duration.ofSeconds(30)));
    }

    private static void assertWaits(CompletableFuture<Void> stopped) {
        assertThatThrownBy(() -> stopped.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }
}
