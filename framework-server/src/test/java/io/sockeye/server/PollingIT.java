package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class PollingIT {
    private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";
    private static final String BAD_REQUEST = "{\"code\":3,\"message\":\"Bad request\"}";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start(builder -> builder.maxPayload(1_000));
        server.on("say", String.class, (socket, text) -> notes.add(text));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
    }

    @Test
    void theHandshakeTellsTheRules() throws Exception {
        try (var client = PollingClient.open(server)) {
            var reply = client.handshake();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body())
                    .isEqualTo("0{\"sid\":\"" + client.sid() + "\",\"upgrades\":[\"websocket\"],"
                            + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000}");
            assertThat(reply.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
            assertThat(reply.header("cache-control")).isEqualTo("no-store");
            assertThat(reply.header("set-cookie")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, EIO=4, 0",
        "GET, EIO=4&transport=, 0",
        "GET, EIO=4&transport=POLLING, 0",
        "GET, EIO=4&transport=polling&sid=, 1",
        "GET, EIO=4&transport=polling&sid=toString, 1",
        "POST, EIO=4&transport=polling, 2",
        "HEAD, EIO=4&transport=polling, 2",
        "GET, EIO=4&transport=websocket, 3",
        "GET, EIO=3&transport=polling, 5",
        "GET, transport=polling, 5"
    })
    void refusesWithACode(String method, String query, int code) throws Exception {
        try (var wire = Wire.to(server)) {
            wire.request(method, "/socket.io/?" + query, "");
            var reply = method.equals("HEAD") ? wire.replyToHead() : wire.reply();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("content-type")).isEqualTo("application/json");
            if (!method.equals("HEAD")) {
                assertThat(reply.body()).startsWith("{\"code\":" + code + ",\"message\":\"");
            }
            assertThat(wire.get("/").status()).isEqualTo(404);
        }
    }

    @Test
    void aPostIsAnsweredAfterItsPacketsWereTaken() throws Exception {
        try (var client = PollingClient.join(server)) {
            var reply = client.post("42[\"say\",\"a\"]\u001e42[\"say\",\"ü\"]");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("ok");
            assertThat(reply.header("content-type")).isEqualTo("text/html");
            assertThat(notes.next(2)).containsExactly("a", "ü");
        }
    }

    @Test
    void onePollTakesAllThatWaits() throws Exception {
        server.onConnection(socket -> {
            socket.emit("a");
            socket.emit("b", new byte[] {1, 2});
        });
        try (var client = PollingClient.join(server)) {
            assertThat(List.of(client.next(), client.next(), client.next()))
                    .containsExactly("42[\"a\"]", "451-[\"b\",{\"_placeholder\":true,\"num\":0}]", "bAQI=");
        }
    }

    @Test
    void twoPollsAtATimeEndTheSession() throws Exception {
        try (var client = PollingClient.join(server);
                var second = Wire.to(server)) {
            client.down().request("GET", client.target(), "");
            client.send("3");
            var refused = second.get(client.target());
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).isEqualTo(BAD_REQUEST);
            assertThat(client.down().reply().packets()).containsExactly("1");
            assertThat(notes.next()).isEqualTo("transport error");
            assertThat(client.up().get(client.target()).body()).isEqualTo(UNKNOWN);
        }
    }

    @Test
    void twoPostsAtATimeEndTheSession() throws Exception {
        try (var client = PollingClient.join(server);
                var slow = Wire.to(server)) {
            slow.request("POST", client.target(), "", "Content-Length: 10", "Expect: 100-continue");
            assertThat(slow.reply().status()).isEqualTo(100);
            assertThat(client.post("3").body()).isEqualTo(BAD_REQUEST);
            assertThat(slow.reply().status()).isEqualTo(400);
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }

    @Test
    void anAbortedPollEndsTheSession() throws Exception {
        try (var client = PollingClient.join(server)) {
            client.down().request("GET", client.target(), "");
            client.send("3");
            client.down().close();
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }

    @Test
    void anAbortedPostEndsTheSession() throws Exception {
        try (var client = PollingClient.join(server)) {
            client.up()
                    .request("POST", client.target(), "", "Content-Length: 10")
                    .send("42[");
            client.up().close();
            assertThat(notes.next()).isEqualTo("transport error");
        }
    }

    @Test
    void aPostThatIsTooLongIsRefusedAndSparesTheSession() throws Exception {
        try (var client = PollingClient.join(server)) {
            var reply = client.post("4" + "x".repeat(1_000));
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.body()).isEmpty();
            client.send("42[\"say\",\"" + "x".repeat(987) + "\"]");
            assertThat(notes.next()).hasSize(987);
        }
    }

    @Test
    void aBodyThatNeverEndsIsRefusedWhenItIsTooLong() throws Exception {
        try (var client = PollingClient.join(server)) {
            client.up()
                    .send("POST " + client.target() + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .send("3e9\r\n" + "x".repeat(1_001) + "\r\n");
            assertThat(client.up().reply().status()).isEqualTo(413);
        }
    }

    @Test
    void postAndPollMayFollowEachOtherOnOneConnection() throws Exception {
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
        try (var client = PollingClient.join(server)) {
            for (int i = 0; i < 10; i++) {
                client.down().request("POST", client.target(), "42" + i + "[\"echo\"," + i + "]");
                client.down().request("GET", client.target(), "");
            }
            var answers = new ArrayList<String>();
            for (int i = 0; i < 10; i++) {
                assertThat(client.down().reply().body()).isEqualTo("ok");
                answers.addAll(client.down().reply().packets());
            }
            answers.removeIf("6"::equals); // A poll with requests behind it need not wait.
            while (answers.size() < 10) {
                client.down().request("GET", client.target(), "");
                answers.addAll(client.down().reply().packets());
            }
            assertThat(answers)
                    .containsExactly(
                            "430[0]", "431[1]", "432[2]", "433[3]", "434[4]", "435[5]", "436[6]", "437[7]", "438[8]",
                            "439[9]");
        }
    }

    @Test
    void whatFollowsABadPacketDoesNotCount() throws Exception {
        try (var client = PollingClient.join(server)) {
            var reply = client.post("42[\"say\",\"before\"]\u001e9\u001e42[\"say\",\"after\"]");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(notes.next(2)).containsExactly("before", "parse error");
        }
    }

    @Test
    void aPollIsClosedByTheSessionsEnd() throws Exception {
        try (var client = PollingClient.join(server)) {
            client.down().request("GET", client.target(), "");
            client.send("1");
            assertThat(client.down().reply().packets()).containsExactly("6");
            assertThat(notes.next()).isEqualTo("transport close");
        }
    }

    @Test
    void anUpgradeEndsPolling() throws Exception {
        try (var client = PollingClient.join(server);
                var webSocket = WebSocketClient.upgrade(Wire.to(server), "&sid=" + client.sid())) {
            client.down().request("GET", client.target(), "");
            webSocket.send("2probe");
            webSocket.expect("3probe");
            assertThat(client.down().reply().packets()).containsExactly("6");
            webSocket.send("5");
            webSocket.send("42[\"say\",\"upgraded\"]");
            assertThat(notes.next()).isEqualTo("upgraded");
            assertThat(client.down().get(client.target()).body()).isEqualTo(BAD_REQUEST);
            assertThat(client.post("42[\"say\",\"late\"]").body()).isEqualTo(BAD_REQUEST);
            assertThat(notes.isEmpty()).isTrue();
        }
    }

    @Test
    void howManyPacketsAPostMayHaveFollowsMaxPayload() throws Exception {
        var large = servers.start(builder -> builder.maxPayload(4 << 20));
        large.on("say", String.class, (socket, text) -> notes.add(text));
        try (var client = PollingClient.join(large)) {
            assertThat(client.post("6\u001e".repeat(300_000) + "42[\"say\",\"last\"]")
                            .body())
                    .isEqualTo("ok");
            assertThat(notes.next()).isEqualTo("last");
            assertThat(client.post("6".repeat((4 << 20) + 1)).status()).isEqualTo(413);
        }
    }
}
