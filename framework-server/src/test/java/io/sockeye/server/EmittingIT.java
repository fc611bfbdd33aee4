package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rooms and flags in any combination: ann is in red, bob in red and blue, cid in blue, dan in none. */
@Timeout(30)
class EmittingIT {
    private static final Duration LONG = Duration.ofSeconds(20);

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final List<WebSocketClient> clients = new ArrayList<>();
    private SocketServer server = servers.build(builder -> builder);
    private Socket ann = Sockets.unconnected("replaced");

    @BeforeEach
    void everybodyJoins() throws Exception {
        server = servers.start(builder -> builder.loops(3));
        for (var rooms : List.of(List.of("red"), List.of("red", "blue"), List.of("blue"), List.<String>of())) {
            var client = WebSocketClient.open(server);
            clients.add(client);
            String id = client.join("");
            server.in(id).socketsJoin(rooms.toArray(String[]::new));
        }
        for (var socket : server.in("red").except("blue").localSockets().get(10, TimeUnit.SECONDS)) {
            ann = socket;
        }
    }

    @AfterEach
    void everybodyLeaves() throws Exception {
        for (var client : clients) {
            client.close();
        }
    }

    @Test
    void theServerAndItsNamespaceMeanTheSame() throws Exception {
        assertReach(server::emit, "ann bob cid dan");
        assertReach(server.of("/")::emit, "ann bob cid dan");
        assertReach(server.to("red")::emit, "ann bob");
        assertReach(server.in("red", "blue")::emit, "ann bob cid");
        assertReach(server.to("red").to("blue")::emit, "ann bob cid");
        assertReach(server.of("/").except("red")::emit, "cid dan");
        assertReach(server.to("red", "blue").except("blue").except("nowhere")::emit, "ann");
        assertReach(server.to("nowhere")::emit, "");
        assertReach(server.local()::emit, "ann bob cid dan");
        assertReach(server.local().to("blue").except("red").asVolatile().compress(false)::emit, "cid");
        assertReach(server.asVolatile().in("blue").local()::emit, "bob cid");
        assertReach(server.compress(true).timeout(LONG).to("red")::emit, "ann bob");
    }

    @Test
    void aSocketMeansItselfOrTheOthers() throws Exception {
        assertReach(ann::emit, "ann");
        assertReach(ann.asVolatile().compress(false).timeout(LONG)::emit, "ann");
        assertReach(ann.broadcast()::emit, "bob cid dan");
        assertReach(ann.to("red")::emit, "bob");
        assertReach(ann.in("red", "blue").except("blue")::emit, "");
        assertReach(ann.except("blue")::emit, "dan");
        assertReach(ann.local()::emit, "bob cid dan");
        assertReach(ann.asVolatile().to("blue").local()::emit, "bob cid");
        assertReach(ann.compress(false).timeout(LONG).asVolatile().broadcast().except("red")::emit, "cid dan");
        assertReach(server.to(ann.id())::emit, "ann");
    }

    /** Who gets it: everybody gets "end" next, and nobody anything twice. */
    private void assertReach(Consumer<String> emit, String names) throws Exception {
        emit.accept("it");
        server.emit("end");
        var reached = new ArrayList<String>();
        for (int i = 0; i < clients.size(); i++) {
            String packet = clients.get(i).next();
            if (packet.equals("42[\"it\"]")) {
                reached.add(List.of("ann", "bob", "cid", "dan").get(i));
                packet = clients.get(i).next();
            }
            assertThat(packet).isEqualTo("42[\"end\"]");
        }
        assertThat(String.join(" ", reached)).isEqualTo(names);
    }

    @Test
    void everyCombinationMayAskForAcknowledgements() throws Exception {
        var others =
                ann.asVolatile().timeout(LONG).compress(false).to("red").local().request("it", 1);
        answer(1, "bob");
        assertThat(texts(others.get(10, TimeUnit.SECONDS))).containsExactly("bob");
        var some = server.to("red", "blue").except(ann.id()).request("it", 1);
        answer(1, "bob");
        answer(2, "cid");
        assertThat(texts(some.get(10, TimeUnit.SECONDS))).containsExactlyInAnyOrder("bob", "cid");
        var itself = ann.timeout(LONG).asVolatile().request("it", String.class, 1);
        answer(0, "ann");
        assertThat(itself.get(10, TimeUnit.SECONDS)).isEqualTo("ann");
    }

    @Test
    void afterTheTimeoutThereAreTheAnswersThatCame() throws Exception {
        var some = server.in("red").timeout(Duration.ofMillis(300)).request("it", 1);
        answer(0, "ann");
        var answers = some.get(10, TimeUnit.SECONDS);
        assertThat(texts(answers)).containsExactly("ann");
        assertThat(answers.missing()).isEqualTo(1);
        assertThat(answers.silentServers()).isZero();
        assertThat(answers.complete()).isFalse();
    }

    private void answer(int client, String text) throws Exception {
        var packet = clients.get(client).next();
        assertThat(packet).matches("42\\d+\\[\"it\",1]");
        clients.get(client).send("43" + packet.substring(2, packet.indexOf('[')) + "[\"" + text + "\"]");
    }

    private static List<String> texts(Answers answers) {
        return answers.values().stream().map(args -> args.get(0, String.class)).toList();
    }
}
