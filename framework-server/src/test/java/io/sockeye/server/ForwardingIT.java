package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cluster without sticky sessions: requests of a session arrive at any server. */
@Timeout(30)
class ForwardingIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private final Bus bus = new Bus();
    private final SocketServer here = start("here");
    private final SocketServer there = start("there");

    private SocketServer start(String name) {
        var server = servers.start(builder -> builder.adapter(bus.cluster(name)));
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
        server.onConnection(socket -> notes.add("new at " + name));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        return server;
    }

    @AfterEach
    void closeBus() {
        bus.close();
    }

    @Test
    void aSessionNamesItsServer() throws Exception {
        try (var client = PollingClient.join(here)) {
            assertThat(client.sid()).startsWith("here").hasSize(26);
        }
    }

    @Test
    void aClientThatPollsIsAnsweredByTheServerThatHasItsSession() throws Exception {
        try (var client = PollingClient.join(here);
                var post = Wire.to(there);
                var get = Wire.to(there)) {
            for (int i = 0; i < 20; i++) {
                var ok = post.post(client.target(), "42" + i + "[\"echo\"," + i + "]");
                assertThat(ok.body()).isEqualTo("ok");
                assertThat(get.get(client.target()).packets()).containsExactly("43" + i + "[" + i + "]");
            }
            post.post(client.target(), "41");
            assertThat(notes.next(2)).containsExactly("new at here", "client namespace disconnect");
        }
    }

    @Test
    void aPollThatWaitsAtTheOtherServerEndsWithItsClient() throws Exception {
        try (var client = PollingClient.join(here);
                var poll = Wire.to(there)) {
            poll.request("GET", client.target(), "");
            here.emit("n", 1);
            assertThat(poll.reply().packets()).containsExactly("42[\"n\",1]");
            poll.request("GET", client.target(), "");
            var second = Wire.to(there);
            second.request("GET", client.target(), "");
            // Whichever the owner meets second is refused, and ends the session.
            var statuses = List.of(poll.reply().status(), second.reply().status());
            assertThat(statuses).containsExactlyInAnyOrder(200, 400);
            second.close();
            assertThat(notes.next(2)).containsExactly("new at here", "transport error");
        }
    }

    @Test
    void aClientUpgradesAtTheOtherServer() throws Exception {
        var polling = PollingClient.join(here);
        try (var client = WebSocketClient.upgrade(there, polling)) {
            for (int i = 0; i < 50; i++) {
                client.send("42" + i + "[\"echo\"," + i + "]");
                here.emit("n", i);
            }
            int echoes = 0;
            int events = 0;
            for (int i = 0; i < 100; i++) {
                String packet = client.next();
                if (packet.startsWith("43")) {
                    assertThat(packet).isEqualTo("43" + echoes + "[" + echoes++ + "]");
                } else {
                    assertThat(packet).isEqualTo("42[\"n\"," + events++ + "]");
                }
            }
            here.disconnectSockets(true);
            assertThat(client.next()).isEqualTo("41");
            assertThat(client.next()).startsWith("close");
        }
        assertThat(notes.next(2)).containsExactly("new at here", "server namespace disconnect");
    }

    @Test
    void aClientThatLeavesAtTheOtherServerIsGone() throws Exception {
        var polling = PollingClient.join(here);
        var client = WebSocketClient.upgrade(there, polling);
        client.send("421[\"echo\",1]");
        assertThat(client.next()).isEqualTo("431[1]");
        client.wire().reset();
        assertThat(notes.next()).isEqualTo("new at here");
        assertThat(notes.next()).startsWith("transport ");
    }

    @Test
    void anUnknownOwnerIsToldAtOnce() throws Exception {
        try (var wire = Wire.to(here)) {
            for (var sid :
                    new String[] {"gone" + "A".repeat(22), "here" + "A".repeat(22), "short", "ther" + "A".repeat(22)}) {
                var reply = wire.get("/socket.io/?EIO=4&transport=polling&sid=" + sid);
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
            }
        }
    }

    @Test
    void aWebSocketOfAServerThatIsGoneIsClosed() throws Exception {
        var polling = PollingClient.join(here);
        try (var client = WebSocketClient.upgrade(there, polling)) {
            here.stop(Duration.ofSeconds(5));
            assertThat(client.next()).startsWith("close");
        }
    }
}
