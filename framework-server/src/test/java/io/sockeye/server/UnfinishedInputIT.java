package io.sockeye.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.PerMessageDeflate;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a client is not whole: how much of it is taken, and counted. */
@Timeout(60)
class UnfinishedInputIT {
    private static final int EARLY = 64 << 10;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    private SocketServer server() {
        return echoing(servers.start());
    }

    private static SocketServer echoing(SocketServer server) {
        server.on("echo", (socket, args) -> args.ack(args.values().toArray()));
        server.on("size", String.class, (socket, text) -> socket.emit("size", text.length()));
        return server;
    }

    private static String connect(int bytes) {
        return "40{\"a\":\"" + "x".repeat(bytes - 10) + "\"}";
    }

    /** The head of a frame of text that announces so many bytes, with a mask of zeros. */
    private static byte[] head(int bytes) {
        return new byte[] {
            (byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 0, (byte) (bytes >> 16), (byte) (bytes >> 8), (byte) bytes, 0, 0, 0, 0
        };
    }

    private static void until(SocketServer server, long inBytes) throws InterruptedException {
        for (int i = 0; server.memory().inBytes() != inBytes && i < 2_000; i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(server.memory().inBytes()).isEqualTo(inBytes);
    }

    @Test
    void aMessageBeforeTheFirstNamespaceIsShort() throws Exception {
        var server = server();
        try (var client = WebSocketClient.open(server)) {
            client.send(connect(EARLY));
            client.expect("44{\"message\":\"auth: 65534 bytes, limit 16384\"}");
            client.wire().send(head(EARLY + 1));
            assertThat(client.next()).isEqualTo("close 1009");
        }
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"size\",\"" + "x".repeat(900_000) + "\"]");
            client.expect("42[\"size\",900000]");
        }
    }

    @Test
    void fragmentsBeforeTheFirstNamespaceAreNotMore() throws Exception {
        try (var client = WebSocketClient.open(server())) {
            client.frame(WebSocketClient.TEXT, new byte[EARLY / 2]);
            client.frame(WebSocketClient.CONTINUATION, new byte[EARLY / 2]);
            client.frame(WebSocketClient.CONTINUATION, new byte[1]);
            assertThat(client.next()).isEqualTo("close 1009");
        }
    }

    @Test
    void aPostBeforeTheFirstNamespaceIsShort() throws Exception {
        var server = server();
        try (var client = PollingClient.open(server)) {
            assertThat(client.post(connect(EARLY)).status()).isEqualTo(200);
            assertThat(client.next()).startsWith("44");
            assertThat(client.post("4".repeat(EARLY + 1)).status()).isEqualTo(413);
            client.send("40");
            client.expect("40{");
            client.send("42[\"size\",\"" + "x".repeat(900_000) + "\"]");
            client.expect("42[\"size\",900000]");
        }
    }

    /** Clients of revision 3 are in a namespace as soon as they are let in. */
    @Test
    void revision3IsInANamespaceAtOnce() throws Exception {
        var server = echoing(servers.start(builder -> builder.allowEIO3(true)));
        try (var client = WebSocketClient.openRevision3(server, "")) {
            client.send("42[\"size\",\"" + "x".repeat(900_000) + "\"]");
            client.expect("42[\"size\",900000]");
        }
    }

    @Test
    void revision3IsNotBeforeItIsLetIn() throws Exception {
        var server = echoing(servers.start(builder -> builder.allowEIO3(true)));
        var release = new CountDownLatch(1);
        server.use(context -> release.await(40, TimeUnit.SECONDS));
        try (var wire = Wire.to(server)) {
            var open = wire.get("/socket.io/?EIO=3&transport=polling").body();
            var sid = PollingClient.sidIn(open);
            var target = "/socket.io/?EIO=3&transport=polling&sid=" + sid;
            assertThat(wire.post(target, "65537:4" + "x".repeat(EARLY)).status())
                    .isEqualTo(413);
        } finally {
            release.countDown();
        }
    }

    @Test
    void longerAuthMakesRoom() throws Exception {
        var server = echoing(servers.start(builder -> builder.maxAuthBytes(100_000)));
        try (var client = WebSocketClient.open(server)) {
            client.send(connect(100_000));
            client.expect("40{");
        }
        try (var client = WebSocketClient.open(server)) {
            client.wire().send(head(400_001));
            assertThat(client.next()).isEqualTo("close 1009");
        }
    }

    @Test
    void whatFollowsTheUpgradeInTheSameReadMayBeLong() throws Exception {
        var server = server();
        try (var polling = PollingClient.join(server);
                var client = WebSocketClient.upgrade(Wire.to(server), "&sid=" + polling.sid())) {
            client.send("2probe");
            client.expect("3probe");
            client.send("5");
            client.send("42[\"size\",\"" + "x".repeat(50_000) + "\"]");
            client.expect("42[\"size\",50000]");
        }
    }

    @Test
    void aProbeNeedsNoLongMessage() throws Exception {
        var server = server();
        try (var polling = PollingClient.join(server);
                var client = WebSocketClient.upgrade(Wire.to(server), "&sid=" + polling.sid())) {
            client.send("2" + "x".repeat(5_000));
            assertThat(client.next()).isEqualTo("close 1009");
            polling.send("421[\"echo\",1]");
            polling.expect("431[1]");
        }
    }

    /** The inflated message counts, before as after. */
    @Test
    void aCompressedMessageIsShortBeforeTheFirstNamespaceAsWell() throws Exception {
        var server = echoing(servers.start(builder -> builder.perMessageDeflate(PerMessageDeflate.DEFAULT)));
        try (var wire = Wire.to(server)) {
            var reply = WebSocketClient.request(wire, "", "Sec-WebSocket-Extensions: permessage-deflate")
                    .reply();
            assertThat(reply.status()).isEqualTo(101);
            var client = WebSocketClient.over(wire);
            client.expect("0{");
            client.frame(0xc1, deflated("4" + "x".repeat(EARLY)));
            assertThat(client.next()).isEqualTo("close 1009");
        }
    }

    private static byte[] deflated(String text) throws Exception {
        var deflated = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(deflated, new Deflater(Deflater.DEFAULT_COMPRESSION, true), true)) {
            out.write(text.getBytes(UTF_8));
        }
        return deflated.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {70_000, 999_000})
    void aFrameThatIsNotWholeIsChargedAndGivenBack(int announced) throws Exception {
        var server = server();
        try (var client = WebSocketClient.join(server)) {
            until(server, 1_026);
            client.wire().send(head(announced));
            client.wire().send("4" + "x".repeat(announced - 2));
            until(server, 1_026 + announced);
            client.wire().send("x");
            client.expect("close"); // It is no packet of Socket.IO.
            until(server, 0);
        }
    }

    @Test
    void aFrameThatIsNotWholeIsGivenBackWhenTheClientGoes() throws Exception {
        var server = server();
        try (var client = WebSocketClient.open(server)) {
            client.wire().send(head(EARLY));
            client.wire().send("4" + "x".repeat(EARLY - 2));
            until(server, EARLY);
        }
        until(server, 0);
    }

    @Test
    void aBodyThatIsNotWholeIsChargedAndGivenBack() throws Exception {
        var server = server();
        try (var client = PollingClient.join(server)) {
            until(server, 1_026);
            client.up()
                    .send("POST " + client.target() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
            client.up().send("421[\"echo\",\"" + "x".repeat(99_986));
            until(server, 101_026);
            client.up().send("\"]");
            assertThat(client.up().reply().status()).isEqualTo(200);
            client.expect("431[\"x");
            until(server, 1_026);
        }
    }

    @Test
    void aBodyOfARouteIsChargedUntilItIsAnswered() throws Exception {
        var release = new CountDownLatch(1);
        var server = echoing(servers.start(builder -> builder.http(request -> {
            notes.add("called");
            release.await(40, TimeUnit.SECONDS);
            return HttpResponse.text(200, String.valueOf(request.body().length()));
        })));
        try (var wire = Wire.to(server)) {
            wire.request("POST", "/a", "x".repeat(100_000));
            assertThat(notes.next()).isEqualTo("called");
            until(server, 100_000);
            try (var other = Wire.to(server)) {
                other.request("POST", "/b", "x".repeat(50_000));
                assertThat(notes.next()).isEqualTo("called");
                until(server, 150_000);
            }
            assertThat(server.memory().inBytes()).isEqualTo(150_000); // The handler has it nevertheless.
            release.countDown();
            assertThat(wire.reply().body()).isEqualTo("100000");
            until(server, 0);
        } finally {
            release.countDown();
        }
    }

    @Test
    void bodiesOfRoutesHaveAShareOfTheMemory() throws Exception {
        var server = echoing(servers.start(builder -> builder.memory(4_000_000, 4_000_000)
                .loops(1)
                .http(request ->
                        HttpResponse.text(200, String.valueOf(request.body().length())))));
        try (var first = Wire.to(server);
                var second = Wire.to(server);
                var third = Wire.to(server)) {
            begin(first, 900_000);
            until(server, 999_000);
            begin(second, 800_000);
            until(server, 1_998_000);
            begin(third, 600); // With what is kept for it, that would be too much.
            begin(third, 3_000);
            assertThat(first.reply().status()).isEqualTo(503);
            assertThat(first.ends()).isTrue();
            second.send("x".repeat(199_000));
            assertThat(second.reply().body()).isEqualTo("999000");
        }
        until(server, 0);
    }

    private static void begin(Wire wire, int bytes) throws Exception {
        wire.send("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999000\r\n\r\n" + "x".repeat(bytes));
    }

    @Test
    void aPostWhoseRestIsMalformedIsRefusedAlsoIfItsBeginningWaited() throws Exception {
        var server = servers.start(builder -> builder.mailboxLimit(1));
        var release = new CountDownLatch(1);
        server.on("slow", (socket, args) -> {
            notes.add("called");
            release.await(40, TimeUnit.SECONDS);
        });
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = PollingClient.join(server)) {
            client.up().request("POST", client.target(), "42[\"slow\"]\u001e42[\"slow\"]\u001e?");
            assertThat(notes.next()).isEqualTo("called");
            release.countDown();
            assertThat(client.up().reply().status()).isEqualTo(400);
            assertThat(notes.next()).isEqualTo("called");
            assertThat(notes.next()).isEqualTo("parse error");
        } finally {
            release.countDown();
        }
    }
}
