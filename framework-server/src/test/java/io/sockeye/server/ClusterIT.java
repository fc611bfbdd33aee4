package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.event.AckTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that stand together by an adapter made of messages alone. */
@Timeout(30)
class ClusterIT {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(20);

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private final Bus bus = new Bus();
    private final SocketServer here = start("here");
    private final SocketServer there = start("there");

    private SocketServer start(String name) {
        return servers.start(builder ->
                builder.adapter(bus.member(name)).onError((error, where) -> notes.add(where + ": " + error)));
    }

    @AfterEach
    void closeBus() {
        bus.close();
    }

    @Test
    void lesson18_broadcastsReachTheSocketsOfAllServersInOrder() throws Exception {
        try (var near = WebSocketClient.join(here);
                var far = WebSocketClient.open(there)) {
            String id = far.join("");
            here.in(id).socketsJoin("red");
            here.to("red").emit("red", new byte[] {1, 2}, Map.of("n", 1));
            here.except("red").emit("not red");
            here.to(id).emit("by id");
            here.local().emit("local");
            there.except(id).emit("back");
            for (int i = 0; i < 20; i++) {
                here.asVolatile().emit("n", i);
            }
            assertThat(far.next()).startsWith("451-[\"red\",{\"_placeholder\":true,\"num\":0},{\"n\":1}]");
            assertThat(far.next()).isEqualTo("binary 0102");
            assertThat(far.next()).isEqualTo("42[\"by id\"]");
            assertThat(List.of(near.next(), near.next(), near.next())).contains("42[\"not red\"]", "42[\"local\"]");
            for (int i = 0; i < 20; i++) {
                assertThat(far.next()).isEqualTo("42[\"n\"," + i + "]");
            }
        }
    }

    @Test
    void lesson18_aSocketsBroadcastMeansTheSocketsOfOtherServersToo() throws Exception {
        here.on("say", (socket, args) -> {
            socket.broadcast().emit("said", args.value(0));
            socket.emit("end");
        });
        try (var near = WebSocketClient.join(here);
                var far = WebSocketClient.join(there)) {
            near.send("42[\"say\",\"hi\"]");
            assertThat(near.next()).isEqualTo("42[\"end\"]");
            assertThat(far.next()).isEqualTo("42[\"said\",\"hi\"]");
        }
    }

    @Test
    void acknowledgementsAreCollectedFromAllServers() throws Exception {
        try (var near = WebSocketClient.join(here);
                var far = WebSocketClient.join(there)) {
            var answers = here.timeout(LONG).request("who");
            near.expect("420[\"who\"]");
            near.send("430[\"near\"]");
            far.expect("420[\"who\"]");
            assertThat(answers.isDone()).isFalse();
            far.send("430[\"far\"]");
            assertThat(texts(answers)).containsExactlyInAnyOrder("near", "far");
            assertThat(answers.join().complete()).isTrue();
            var local = here.local().timeout(LONG).request("who");
            near.expect("421[\"who\"]");
            near.send("431[\"near\"]");
            assertThat(texts(local)).containsExactly("near");
            assertThat(here.to("nobody").timeout(LONG).request("who").get(10, TimeUnit.SECONDS))
                    .isEqualTo(Inside.NO_ANSWERS);
        }
    }

    @Test
    void aSilentClientOrServerLeavesTheAnswersThatCame() throws Exception {
        try (var near = WebSocketClient.join(here);
                var far = WebSocketClient.join(there)) {
            var answers = here.timeout(SHORT).request("who");
            near.expect("420[\"who\"]");
            near.send("430[\"near\"]");
            far.expect("420[\"who\"]");
            assertThat(texts(answers)).containsExactly("near");
            assertThat(answers.join().missing()).isEqualTo(1);
            assertThat(answers.join().silentServers()).isZero();
            bus.deafen("there");
            var fewer = here.timeout(SHORT).request("who");
            near.expect("421[\"who\"]");
            near.send("431[\"near\"]");
            assertThat(texts(fewer)).containsExactly("near");
            assertThat(fewer.join().missing()).isZero();
            assertThat(fewer.join().silentServers()).isEqualTo(1);
            assertThat(fewer.join().complete()).isFalse();
        }
    }

    @Test
    void lesson18_socketsOfOtherServersAreFetchedAndSteered() throws Exception {
        there.use(context -> context.data().put("name", "far"));
        there.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var near = WebSocketClient.join(here);
                var far = WebSocketClient.open(there)) {
            far.send("40{\"token\":7}");
            String id = PollingClient.sidIn(far.expect("40{"));
            assertThat(here.fetchSockets().get(10, TimeUnit.SECONDS)).hasSize(2);
            assertThat(here.local().fetchSockets().get(10, TimeUnit.SECONDS)).hasSize(1);
            here.in(id).socketsJoin("red");
            var remote = here.in("red")
                    .fetchSockets()
                    .get(10, TimeUnit.SECONDS)
                    .sockets()
                    .get(0);
            assertThat(remote.id()).isEqualTo(id);
            assertThat(remote.rooms()).containsExactlyInAnyOrder(id, "red");
            assertThat(remote.data()).isEqualTo(Map.of("name", "far"));
            assertThat(remote.handshake().auth(Object.class)).isEqualTo(Map.of("token", 7));
            remote.leave("red");
            remote.join("blue");
            here.to("red").emit("never");
            here.to("blue").emit("blue");
            assertThat(far.next()).isEqualTo("42[\"blue\"]");
            var answer = remote.request(LONG, "ask", String.class);
            far.expect("420[\"ask\"]");
            far.send("430[\"answer\"]");
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("answer");
            var late = remote.request(SHORT, "late", String.class);
            assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(AckTimeoutException.class);
            far.expect("421[\"late\"]");
            remote.disconnect(true);
            assertThat(far.next()).isEqualTo("41");
            assertThat(far.next()).startsWith("close");
            assertThat(notes.next()).isEqualTo("server namespace disconnect");
            here.emit("still here");
            near.expect("42[\"still here\"]");
        }
    }

    @Test
    void allAreDisconnectedEverywhereOrHereOnly() throws Exception {
        try (var near = WebSocketClient.join(here);
                var far = WebSocketClient.join(there)) {
            here.local().disconnectSockets(false);
            assertThat(near.next()).isEqualTo("41");
            here.emit("you are left");
            assertThat(far.next()).isEqualTo("42[\"you are left\"]");
            assertThat(here.local().localSockets().get(10, TimeUnit.SECONDS)).isEmpty();
            near.join("");
            here.disconnectSockets(false);
            assertThat(near.next()).isEqualTo("41");
            assertThat(far.next()).isEqualTo("41");
        }
    }

    @Test
    void serversTellAndAskEachOther() throws Exception {
        here.onServerEvent("hello", args -> notes.add("here"));
        there.onServerEvent("hello", args -> notes.add("there " + args.get(0, int.class)));
        there.onServerEvent("load", args -> args.ack(0.5));
        here.serverSideEmit("hello", 1);
        assertThat(notes.next()).isEqualTo("there 1");
        var answers = here.serverSideRequest(LONG, "load").get(10, TimeUnit.SECONDS);
        assertThat(answers.complete()).isTrue();
        assertThat(answers.values())
                .singleElement()
                .satisfies(args -> assertThat(args.get(0, double.class)).isEqualTo(0.5));
        var silent = here.serverSideRequest(SHORT, "unknown").get(10, TimeUnit.SECONDS);
        assertThat(silent.values()).isEmpty();
        assertThat(silent.silentServers()).isEqualTo(1);
        assertThat(notes.isEmpty()).isTrue();
        assertThatThrownBy(() -> here.serverSideEmit("connect")).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> texts(CompletableFuture<Answers> answers) throws Exception {
        return answers.get(10, TimeUnit.SECONDS).values().stream()
                .map(args -> args.get(0, String.class))
                .toList();
    }
}
