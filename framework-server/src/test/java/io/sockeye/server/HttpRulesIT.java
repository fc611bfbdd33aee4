package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that break the rules of HTTP are refused, and their connections end. */
@Timeout(30)
class HttpRulesIT {
    private static final String CHUNKED = " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start(builder -> builder.maxPayload(1_000).http(request -> {
            notes.add("routed");
            return HttpResponse.text(200, request.body().utf8());
        }));
        server.on("say", String.class, (socket, text) -> notes.add(text));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
    }

    private static void assertRefused(Wire wire) throws Exception {
        var reply = wire.reply();
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("connection")).isEqualTo("close");
        assertThat(wire.ends()).isTrue();
    }

    @Test
    void aBodyThatBreaksOffReachesNoRoute() throws Exception {
        try (var wire = Wire.to(server)) {
            assertRefused(wire.send("POST /" + CHUNKED + "5\r\nhello\r\nZZ\r\n"));
            assertThat(notes.isEmpty()).isTrue();
        }
    }

    @Test
    void aBodyThatBreaksOffEndsTheSessionAndIsNoPacket() throws Exception {
        try (var client = PollingClient.join(server)) {
            var packet = "42[\"say\",\"half\"]";
            assertRefused(client.up().send("POST " + client.target() + CHUNKED + "10\r\n" + packet + "\r\nZZ\r\n"));
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }

    @Test
    void aPollWhoseBodyBreaksOffEndsTheSession() throws Exception {
        try (var client = PollingClient.join(server)) {
            assertRefused(client.down().send("GET " + client.target() + CHUNKED + "ZZ\r\n"));
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }

    @Test
    void aBodyThatBreaksOffAfterTheAnswerEndsTheConnection() throws Exception {
        try (var client = PollingClient.join(server)) {
            client.up().send("POST " + client.target() + CHUNKED + "3e9\r\n" + "x".repeat(1_001) + "\r\n");
            assertThat(client.up().reply().status()).isEqualTo(413);
            client.up().send("ZZ\r\n");
            assertThat(client.up().ends()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"1.1, 0, 400", "1.1, 1, 200", "1.1, 2, 400", "1.0, 0, 200", "1.0, 1, 200", "1.0, 2, 400"})
    void aRequestNamesItsHostOnce(String version, int hosts, int status) throws Exception {
        try (var wire = Wire.to(server)) {
            wire.send("GET / HTTP/" + version + "\r\nConnection: close\r\n" + "Host: a\r\n".repeat(hosts) + "\r\n");
            assertThat(wire.reply().status()).isEqualTo(status);
            assertThat(wire.ends()).isTrue();
        }
    }
}
