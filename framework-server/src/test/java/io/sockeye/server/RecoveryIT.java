package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that lose their connection and come back. */
@Timeout(60)
class RecoveryIT {
    private static final ConnectionStateRecovery MINUTE = ConnectionStateRecovery.within(Duration.ofMinutes(1));

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        use(servers.start(builder -> builder.loops(3).connectionStateRecovery(MINUTE)));
    }

    private void use(SocketServer started) {
        server = started;
        server.onConnection(socket -> notes.add((socket.recovered() ? "back " : "new ")
                + new TreeSet<>(socket.data().keySet())));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        server.on("join", (socket, args) -> {
            socket.join(args.get(0, String.class));
            socket.data().put(args.get(0, String.class), true);
            socket.emit("joined");
        });
    }

    private Guest joined(boolean polling, String room) throws Exception {
        var guest = Guest.join(server, polling);
        assertThat(notes.next()).isEqualTo("new []");
        guest.send("42[\"join\",\"" + room + "\"]");
        assertThat(guest.hear()).isEqualTo("\"joined\"");
        return guest;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lesson22_whatWasMissedComesOnceInOrderBeforeAnythingNew(boolean polling) throws Exception {
        var guest = joined(polling, "red");
        server.to("red").emit("n", 0);
        assertThat(guest.hear()).isEqualTo("\"n\",0");
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        for (int i = 1; i <= 20; i++) {
            server.to("red").emit("n", i);
            server.to("blue").emit("not yours", i);
            server.to("red").except(guest.id()).emit("not yours", i);
        }
        var again = guest.comeBack();
        assertThat(List.of(again.id(), again.pid())).isEqualTo(List.of(guest.id(), guest.pid()));
        server.to("red").emit("n", 21);
        for (int i = 1; i <= 21; i++) {
            assertThat(again.hear()).isEqualTo("\"n\"," + i);
        }
        assertThat(notes.next()).isEqualTo("back [red]");
        again.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void attachmentsAreMissedToo(boolean polling) throws Exception {
        var guest = joined(polling, "red");
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        server.to("red").emit("bytes", new byte[] {2}, "text");
        server.to("red").emit("n", 1);
        try (var again = guest.comeBack()) {
            assertThat(again.hear()).isEqualTo("\"bytes\",{\"_placeholder\":true,\"num\":0},\"text\"");
            assertThat(again.next()).isEqualTo(polling ? "bAg==" : "binary 02");
            assertThat(again.hear()).isEqualTo("\"n\",1");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("#5538, #4888, #4733: without any event a session comes back, too; #4880: again and again")
    void withoutAnyEventItComesBackAgainAndAgain(boolean polling) throws Exception {
        var guest = Guest.join(server, polling);
        String id = guest.id();
        for (int i = 0; i < 3; i++) {
            guest.goAway();
            guest = guest.comeBack();
            assertThat(guest.id()).isEqualTo(id);
        }
        guest.goAway();
        assertThat(notes.next(8))
                .containsExactly(
                        "new []",
                        "transport close",
                        "back []",
                        "transport close",
                        "back []",
                        "transport close",
                        "back []",
                        "transport close");
        server.emit("n", 1);
        try (var again = guest.comeBack()) {
            assertThat(again.id()).isEqualTo(id);
            assertThat(again.hear()).isEqualTo("\"n\",1");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("#4880: an old connection that still lives is put away")
    void anOldConnectionThatStillLivesIsPutAway(boolean polling) throws Exception {
        var guest = joined(polling, "red");
        try (var again = guest.comeBack()) {
            assertThat(again.id()).isEqualTo(guest.id());
            assertThat(notes.next(2)).containsExactly("transport close", "back [red]");
            server.to("red").emit("n", 1);
            assertThat(again.hear()).isEqualTo("\"n\",1");
            assertThat(guest.next()).startsWith(polling ? "1" : "close");
        }
    }

    @Test
    void aWishThatIsLateDoesNotEndTheSession() throws Exception {
        var guest = joined(false, "red");
        server.emit("n", 1);
        assertThat(guest.hear()).isEqualTo("\"n\",1");
        try (var again = guest.comeBack();
                var late = Line.open(server, false)) {
            late.send("40{\"pid\":\"" + guest.pid() + "\",\"offset\":\"older\"}");
            assertThat(PollingClient.sidIn(late.next())).isNotEqualTo(guest.id());
            server.to("red").emit("n", 2);
            assertThat(again.hear()).isEqualTo("\"n\",2");
        }
        try (var third = guest.comeBack()) {
            assertThat(third.id()).isEqualTo(guest.id());
        }
    }

    @Test
    void severalNamespacesComeBackEachForItself() throws Exception {
        server.of("/b");
        var main = joined(false, "red");
        var other = Guest.join(server, main.line(), "/b,");
        main.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        server.of("/b").emit("n", 1);
        server.emit("n", 2);
        var line = main.line().another(server);
        try (var mainAgain = main.comeBack(line)) {
            assertThat(mainAgain.id()).isEqualTo(main.id());
            assertThat(mainAgain.hear()).isEqualTo("\"n\",2");
            var otherAgain = other.comeBack(line);
            assertThat(otherAgain.id()).isEqualTo(other.id());
            assertThat(otherAgain.hear()).isEqualTo("\"n\",1");
            server.of("/b").emit("n", 3);
            assertThat(otherAgain.hear()).isEqualTo("\"n\",3");
        }
    }

    @Test
    void afterAnUpgradeItComesBackAsBefore() throws Exception {
        try (var polling = PollingClient.open(server)) {
            var guest = Guest.join(server, new Line.Polls(polling), "");
            server.emit("n", 1);
            assertThat(guest.hear()).isEqualTo("\"n\",1");
            WebSocketClient.upgrade(server, polling).wire().reset();
            notes.next(2);
            server.emit("n", 2);
            try (var again = guest.comeBack()) {
                assertThat(again.id()).isEqualTo(guest.id());
                assertThat(again.hear()).isEqualTo("\"n\",2");
            }
        }
    }

    @Test
    void whoDidNotTakeItsOutboxComesBackForWhatFitsIntoIt() throws Exception {
        use(servers.start(builder -> builder.outboxBytes(1_000).connectionStateRecovery(MINUTE)));
        var guest = joined(true, "red");
        server.to("red").request("not kept", "x".repeat(500));
        server.to("red").emit("n", 1, "x".repeat(500));
        assertThat(notes.next()).isEqualTo("outbox overflow");
        try (var again = guest.comeBack()) {
            assertThat(again.id()).isEqualTo(guest.id());
            assertThat(again.hear()).startsWith("\"n\",1,");
        }
        assertThat(notes.next()).isEqualTo("back [red]");
    }

    @Test
    void whoMissedMoreThanAnOutboxHoldsGetsANewSession() throws Exception {
        use(servers.start(builder -> builder.outboxBytes(1_000).connectionStateRecovery(MINUTE)));
        var guest = joined(true, "red");
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        server.to("red").emit("n", 1, "x".repeat(500));
        server.to("red").emit("n", 2, "x".repeat(500));
        try (var again = guest.comeBack()) {
            assertThat(again.id()).isNotEqualTo(guest.id());
            assertThat(notes.next()).isEqualTo("new []");
        }
    }

    @Test
    void whatDoesNotFitIntoTheOutboxEndsTheConnectionNotTheSession() throws Exception {
        use(servers.start(builder -> builder.outboxBytes(1_000).connectionStateRecovery(MINUTE)));
        server.of("/b");
        var main = joined(true, "red");
        var other = Guest.join(server, main.line(), "/b,");
        server.of("/b").emit("n", 0);
        assertThat(other.hear()).isEqualTo("\"n\",0");
        main.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        server.of("/b").emit("n", 1, "x".repeat(500));
        server.emit("n", 2, "x".repeat(500));
        var line = main.line().another(server);
        main.wish(line);
        other.wish(line);
        assertThat(notes.next(2)).containsExactly("back [red]", "outbox overflow");
        assertThat(server.of("/b").localSockets().join()).isEmpty();
        line.close();
        try (var otherAgain = other.comeBack()) {
            assertThat(otherAgain.id()).isEqualTo(other.id());
            assertThat(otherAgain.hear()).startsWith("\"n\",1,");
        }
    }

    @Test
    void theOldDisconnectHandlerIsDoneBeforeTheNewConnectionHandlerBegins() throws Exception {
        server.onDisconnecting((socket, reason) -> {
            Thread.sleep(200);
            notes.add("slow " + socket.rooms().contains("red"));
        });
        var guest = joined(false, "red");
        try (var again = guest.comeBack()) {
            again.send("42[\"join\",\"blue\"]");
            assertThat(again.hear()).isEqualTo("\"joined\"");
            assertThat(notes.next(3)).containsExactly("slow true", "transport close", "back [red]");
        }
    }

    @Test
    void whoIsUnknownOrWantsAnotherNamespaceGetsANewSession() throws Exception {
        server.of("/b");
        var guest = joined(false, "red");
        guest.goAway();
        try (var line = Line.open(server, false)) {
            line.send("40/b,{\"pid\":\"" + guest.pid() + "\",\"offset\":\"" + guest.offset() + "\"}");
            assertThat(PollingClient.sidIn(line.next())).isNotEqualTo(guest.id());
            line.send("40{\"pid\":\"nobody's\",\"offset\":\"" + guest.offset() + "\"}");
            assertThat(PollingClient.sidIn(line.next())).isNotEqualTo(guest.id());
        }
        try (var again = guest.comeBack()) {
            assertThat(again.id()).isEqualTo(guest.id());
        }
    }

    @Test
    void aStringThatTheClientTakesForTheOffsetMakesANewSession() throws Exception {
        var guest = joined(false, "red");
        server.localSockets().join().get(0).asVolatile().emit("volatile", "last", "a string");
        guest.next();
        assertThat(guest.offset()).isEqualTo("a string");
        guest.goAway();
        notes.next();
        server.emit("n", 1);
        try (var again = guest.comeBack()) {
            assertThat(again.id()).isNotEqualTo(guest.id());
            assertThat(notes.next()).isEqualTo("new []");
        }
    }

    @Test
    void anOffsetOfAnEarlierSessionMeansTheBeginningOfThisOne() throws Exception {
        var earlier = joined(false, "red");
        earlier.send("41");
        assertThat(notes.next()).isEqualTo("client namespace disconnect");
        earlier.close();
        var guest = joined(false, "red");
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        server.to("red").emit("n", 1);
        try (var line = Line.open(server, false)) {
            line.send("40{\"pid\":\"" + guest.pid() + "\",\"offset\":\"" + earlier.offset() + "\"}");
            assertThat(line.next()).startsWith("42[\"joined\",");
            assertThat(line.next()).startsWith("42[\"n\",1,");
            assertThat(PollingClient.sidIn(line.next())).isEqualTo(guest.id());
        }
    }

    @Test
    void aStringIsNoHarmBeforeAnythingWithAnOffset() throws Exception {
        var guest = Guest.join(server, false);
        server.localSockets().join().get(0).request("question", String.class, "last", "a string");
        guest.next();
        assertThat(guest.offset()).isEqualTo("a string");
        guest.goAway();
        notes.next(2);
        server.emit("n", 1);
        try (var again = guest.comeBack()) {
            assertThat(again.id()).isEqualTo(guest.id());
            assertThat(again.hear()).isEqualTo("\"n\",1");
        }
    }

    @Test
    void theMiddlewareIsAskedAgainIfWishedAndItsDataCounts() throws Exception {
        use(servers.start(builder -> builder.connectionStateRecovery(MINUTE.skipMiddlewares(false))));
        server.use(context -> {
            if (context.auth(java.util.Map.class).containsKey("pid")) {
                context.data().put("fresh", 1);
            }
        });
        var guest = joined(false, "red");
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        server.to("red").emit("n", 1);
        try (var again = guest.comeBack()) {
            assertThat(again.hear()).isEqualTo("\"n\",1");
            assertThat(notes.next()).isEqualTo("back [fresh, red]");
        }
        server.use(context -> {
            throw new ConnectionRefused("closed");
        });
        try (var refused = Line.open(server, false)) {
            guest.wish(refused);
            assertThat(refused.next()).isEqualTo("44{\"message\":\"closed\"}");
        }
    }
}
