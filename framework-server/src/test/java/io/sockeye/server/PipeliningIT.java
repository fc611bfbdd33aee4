package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that are sent before earlier ones are answered, and answers that do not arrive. */
@Timeout(60)
class PipeliningIT {
    private static final int REQUESTS = 3_000;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start(builder -> builder.pingInterval(Duration.ofMinutes(5))
                .pingTimeout(Duration.ofMinutes(5))
                .http(request -> HttpResponse.text(200, request.uri())));
        server.on("say", String.class, (socket, text) -> notes.add(text));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
    }

    @Test
    void manyRequestsAreAnsweredInOrder() throws Exception {
        try (var wire = Wire.to(server)) {
            var all = new StringBuilder();
            for (int i = 0; i < REQUESTS; i++) {
                all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            wire.send(all.toString());
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(wire.reply().body()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void aPollMakesWayForThePostBehindIt() throws Exception {
        try (var client = PollingClient.join(server)) {
            client.down().request("GET", client.target(), "").request("POST", client.target(), "42[\"say\",\"hi\"]");
            assertThat(client.down().reply().body()).isEqualTo("6");
            assertThat(client.down().reply().body()).isEqualTo("ok");
            assertThat(notes.next()).isEqualTo("hi");
        }
    }

    @Test
    void aPollMakesWayForAPostThatComesLater() throws Exception {
        try (var client = PollingClient.join(server)) {
            client.down().request("GET", client.target(), "");
            client.send("42[\"say\",\"first\"]"); // By now the poll waits.
            assertThat(notes.next()).isEqualTo("first");
            client.down().request("POST", client.target(), "42[\"say\",\"hi\"]");
            assertThat(client.down().reply().body()).isEqualTo("6");
            assertThat(client.down().reply().body()).isEqualTo("ok");
        }
    }

    @Test
    void aPollBehindAPostMakesWayForAnother() throws Exception {
        try (var client = PollingClient.join(server)) {
            client.down()
                    .request("POST", client.target(), "42[\"say\",\"a\"]")
                    .request("GET", client.target(), "")
                    .request("POST", client.target(), "42[\"say\",\"b\"]");
            assertThat(client.down().reply().body()).isEqualTo("ok");
            assertThat(client.down().reply().body()).isEqualTo("6");
            assertThat(client.down().reply().body()).isEqualTo("ok");
        }
    }

    @Test
    void anAnswerThatCannotBeWrittenEndsTheSession() throws Exception {
        var down = Wire.to(server, 4096);
        try (var client = PollingClient.join(down, Wire.to(server))) {
            client.down().request("GET", client.target(), "");
            client.send("42[\"say\",\"waits\"]"); // By now the poll waits.
            assertThat(notes.next()).isEqualTo("waits");
            server.emit("much", "x".repeat(12_000_000)); // More than the system takes for a client that does not read.
            down.readByte();
            down.reset();
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }
}
