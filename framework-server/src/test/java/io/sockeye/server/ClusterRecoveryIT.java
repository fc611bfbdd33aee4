package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that come back to another server of a cluster. */
@Timeout(60)
class ClusterRecoveryIT {
    private static final ConnectionStateRecovery MINUTE = ConnectionStateRecovery.within(Duration.ofMinutes(1));

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private final Bus bus = new Bus();
    private final SocketServer here = start("here");
    private final SocketServer there = start("there");

    private SocketServer start(String name) {
        return start(name, MINUTE);
    }

    private SocketServer start(String name, ConnectionStateRecovery settings) {
        var server = servers.start(builder -> builder.adapter(bus.cluster(name))
                .connectionStateRecovery(settings)
                .onError((error, where) -> notes.add(where + ": " + error.getMessage())));
        server.onConnection(socket -> notes.add((socket.recovered() ? "back " : "new ") + name + " "
                + new TreeSet<>(socket.data().keySet())));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        server.on("echo", (socket, args) -> args.ack());
        server.on("join", (socket, args) -> {
            socket.join(args.get(0, String.class));
            socket.data().put(args.get(0, String.class), true);
            socket.emit("joined");
        });
        return server;
    }

    @AfterEach
    void closeBus() {
        bus.close();
    }

    private Guest joined(SocketServer server, boolean polling, String room) throws Exception {
        var guest = Guest.join(server, polling);
        notes.next();
        guest.send("42[\"join\",\"" + room + "\"]");
        assertThat(guest.hear()).isEqualTo("\"joined\"");
        return guest;
    }

    private static Guest comeBack(Guest guest, SocketServer server, boolean polling) throws IOException {
        return guest.comeBack(Line.open(server, polling));
    }

    private static Socket socket(SocketServer server, Guest guest) {
        return server.socket(guest.id()).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasMissedComesOnceInOrderAtTheOtherServer(boolean polling) throws Exception {
        var guest = joined(here, polling, "red");
        here.to("red").emit("n", 0);
        assertThat(guest.hear()).isEqualTo("\"n\",0");
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        for (int i = 1; i <= 40; i += 2) {
            here.to("red").emit("n", i);
            there.to("blue").emit("not yours", i);
            here.to("red").emit("n", i + 1);
        }
        var again = comeBack(guest, there, polling);
        assertThat(again.id() + again.pid()).isEqualTo(guest.id() + guest.pid());
        assertThat(notes.next()).isEqualTo("back there [red]");
        here.to("red").emit("n", 41);
        for (int i = 1; i <= 41; i++) {
            assertThat(again.hear()).isEqualTo("\"n\"," + i);
        }
        assertThat(socket(there, again).rooms()).containsExactlyInAnyOrder("red", again.id());
        again.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        there.to("red").emit("n", 42);
        try (var third = comeBack(again, here, polling)) {
            assertThat(third.id()).isEqualTo(guest.id());
            assertThat(third.hear()).isEqualTo("\"n\",42");
        }
    }

    @Test
    void whatDidNotFitIntoTheOutboxAnyMoreComesAtTheOtherServer() throws Exception {
        var tight = servers.start(builder -> builder.adapter(bus.cluster("tight"))
                .connectionStateRecovery(MINUTE)
                .outboxBytes(1_000));
        tight.onDisconnect((socket, reason) -> notes.add(reason.text()));
        var guest = Guest.join(tight, true);
        tight.emit("n", 0);
        assertThat(guest.hear()).isEqualTo("\"n\",0");
        tight.request("not kept", "x".repeat(500));
        tight.emit("n", 1, "x".repeat(500));
        assertThat(notes.next()).isEqualTo("outbox overflow");
        try (var again = comeBack(guest, there, true)) {
            assertThat(again.id()).isEqualTo(guest.id());
            assertThat(again.hear()).startsWith("\"n\",1,");
        }
    }

    @Test
    void withoutAnyEventItComesBackToo() throws Exception {
        var guest = Guest.join(here, false);
        guest.goAway();
        assertThat(notes.next(2)).containsExactly("new here []", "transport close");
        try (var again = comeBack(guest, there, false)) {
            assertThat(again.id()).isEqualTo(guest.id());
        }
    }

    @Test
    void whatTheLogHasForgottenButWasNotMissedDoesNotMatter() throws Exception {
        var few = MINUTE.maxPackets(5);
        var small = List.of(start("small", few), start("little", few));
        var others = List.of(joined(small.get(0), false, "blue"), joined(small.get(1), false, "blue"));
        var guest = joined(small.get(0), false, "red");
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 20; i++) {
                small.get(0).to("blue").emit("not yours", i);
                for (var other : others) {
                    assertThat(other.hear()).isEqualTo("\"not yours\"," + i);
                }
            }
            guest.send("420[\"echo\"]");
            assertThat(guest.next()).isEqualTo("430[]"); // By then its loop is through with all of these, too.
            guest.goAway();
            assertThat(notes.next()).isEqualTo("transport close");
            var again = comeBack(guest, small.get(round % 2), false);
            assertThat(again.id()).isEqualTo(guest.id());
            assertThat(notes.next()).startsWith("back ");
            guest = again;
        }
        guest.close();
        for (var other : others) {
            other.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoIsBackAtTheSameServerIsHandledAfterWhatItSentBefore(boolean elsewhere) throws Exception {
        var open = new CountDownLatch(1);
        EventHandler handler = (socket, args) -> {
            int number = args.get(0, int.class);
            if (number == 0) {
                open.await();
            }
            notes.add("handled " + number);
        };
        var threads = Executors.newCachedThreadPool();
        if (elsewhere) {
            here.withExecutor(threads).on("n", handler);
        } else {
            here.on("n", handler);
        }
        here.of("/side");
        var guest = joined(here, false, "red");
        for (int i = 0; i < 4; i++) {
            guest.send("42[\"n\"," + i + "]");
            guest.send("40/side,");
            assertThat(guest.next()).startsWith("40/side,{"); // Now the event waits for its turn.
            if (i < 3) {
                guest.goAway();
                guest = comeBack(guest, here, false);
            }
        }
        open.countDown();
        var handled = new ArrayList<String>();
        while (handled.size() < 4) {
            String note = notes.next();
            if (note.startsWith("handled") || !elsewhere) {
                handled.add(note);
            }
        }
        assertThat(handled)
                .startsWith(
                        elsewhere
                                ? new String[] {"handled 0", "handled 1", "handled 2", "handled 3"}
                                : new String[] {"handled 0", "transport close", "back here [red]", "handled 1"});
        guest.close();
        threads.shutdown();
    }

    @Test
    void aSocketsEventsKeepTheirOrderWhateverTheyAre() throws Exception {
        try (var guest = Guest.join(here, false)) {
            var socket = socket(here, guest);
            for (int i = 0; i < 50; i++) {
                socket.emit("n", i);
                socket.asVolatile().emit("v", i);
                socket.join("room " + i);
                here.to("room " + i).emit("m", i);
                socket.leave("room " + i);
                here.to("room " + i).emit("never");
                here.in(socket.id()).socketsJoin("red");
                socket.leave("red");
                here.to("red").emit("never");
            }
            for (int i = 0; i < 50; i++) {
                assertThat(guest.hear()).isEqualTo("\"n\"," + i);
                assertThat(guest.next()).isEqualTo("42[\"v\"," + i + "]");
                assertThat(guest.hear()).isEqualTo("\"m\"," + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionThatStillSeemsToLiveAtTheOtherServerIsPutAway(boolean polling) throws Exception {
        var guest = joined(here, polling, "red");
        try (var again = comeBack(guest, there, polling)) {
            assertThat(again.id()).isEqualTo(guest.id());
            assertThat(notes.next(2)).containsExactlyInAnyOrder("transport close", "back there [red]");
            here.to("red").emit("n", 1);
            assertThat(again.hear()).isEqualTo("\"n\",1");
            assertThat(here.local().localSockets().join()).isEmpty();
            assertThat(guest.next()).startsWith(polling ? "1" : "close");
        }
    }

    @Test
    void aWishThatIsLateDoesNotEndTheSessionAtTheOtherServer() throws Exception {
        var guest = joined(here, false, "red");
        try (var late = Line.open(there, false)) {
            late.send("40{\"pid\":\"" + guest.pid() + "\",\"offset\":\"older\"}");
            assertThat(PollingClient.sidIn(late.next())).isNotEqualTo(guest.id());
            there.to("red").emit("n", 1);
            assertThat(guest.hear()).isEqualTo("\"n\",1");
        }
    }

    @Test
    void whatIsDoneWithTheOldSocketHappensToTheOneAtTheOtherServer() throws Exception {
        var guest = joined(here, false, "red");
        var socket = socket(here, guest);
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        socket.join("blue");
        socket.leave("red");
        here.to("red").emit("never");
        here.to("blue").emit("n", 1);
        try (var again = comeBack(guest, there, false)) {
            assertThat(again.hear()).isEqualTo("\"n\",1");
            assertThat(socket(there, again).rooms()).containsExactlyInAnyOrder("blue", again.id());
            socket.emit("n", 2);
            assertThat(again.hear()).isEqualTo("\"n\",2");
            socket.join("green");
            there.to("green").emit("n", 3);
            socket.disconnect();
            assertThat(again.hear()).isEqualTo("\"n\",3");
            assertThat(again.next()).isEqualTo("41");
        }
    }

    @Test
    void whoIsDisconnectedWhileAwayDoesNotComeBackAnywhere() throws Exception {
        var guest = joined(here, false, "red");
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        there.to("red").disconnectSockets(false);
        try (var again = comeBack(guest, there, false)) {
            assertThat(again.id()).isNotEqualTo(guest.id());
        }
    }

    @Test
    void aServerThatStopsHandsItsClientsOver() throws Exception {
        var guest = joined(here, false, "red");
        var polling = joined(here, true, "red");
        here.stop(Duration.ofSeconds(10));
        assertThat(notes.next(2)).containsExactly("server shutting down", "server shutting down");
        there.to("red").emit("n", 1);
        assertThat(guest.next()).startsWith("close");
        for (var each : new Guest[] {guest, polling}) {
            try (var again = comeBack(each, there, false)) {
                assertThat(again.id()).isEqualTo(each.id());
                assertThat(again.hear()).isEqualTo("\"n\",1");
            }
        }
    }

    @Test
    void whatAServerIsAboutToGiveBackWhenItEndsIsForTheOthers() throws Exception {
        there.of("/side");
        var guest = joined(here, false, "red");
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        bus.hold("there");
        var line = Line.open(there, false);
        guest.wish(line);
        line.send("40/side,");
        assertThat(line.next()).startsWith("40/side,{"); // By then the store is asked.
        there.stop(Duration.ofMillis(50));
        bus.go("there");
        bus.settle();
        try (var again = comeBack(guest, here, false)) {
            assertThat(again.id()).isEqualTo(guest.id());
        }
        line.close();
    }

    @Test
    void aServerThatStartsLaterKnowsWhatWasMissed() throws Exception {
        var guest = joined(here, false, "red");
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        here.to("red").emit("n", 1);
        var late = start("late");
        try (var again = comeBack(guest, late, false)) {
            assertThat(again.id()).isEqualTo(guest.id());
            assertThat(again.hear()).isEqualTo("\"n\",1");
        }
    }

    @Test
    void aServerThatDoesNotKnowWhatWasMissedLeavesTheSessionToTheOthers() throws Exception {
        var guest = joined(here, false, "red");
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        here.to("red").emit("n", 1);
        bus.trimLog(0);
        var late = start("late");
        try (var again = comeBack(guest, late, false)) {
            assertThat(again.id()).isNotEqualTo(guest.id());
        }
        try (var again = comeBack(guest, there, false)) {
            assertThat(again.id()).isEqualTo(guest.id());
            assertThat(again.hear()).isEqualTo("\"n\",1");
        }
    }

    @Test
    void aServerThatIsBehindReadsOnBeforeItGivesASessionBack() throws Exception {
        var guest = joined(here, false, "red");
        bus.hold("there");
        here.to("red").emit("n", 1);
        assertThat(guest.hear()).isEqualTo("\"n\",1");
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        here.to("red").emit("n", 2);
        var again = guest.wish(Line.open(there, false));
        bus.go("there");
        assertThat(again.awaitsConnect()).isTrue();
        assertThat(again.id()).isEqualTo(guest.id());
        here.to("red").emit("n", 3);
        assertThat(again.hear()).isEqualTo("\"n\",2");
        assertThat(again.hear()).isEqualTo("\"n\",3");
        again.close();
    }

    @Test
    void aStoreThatFailsMeansANewSessionNowAndTheOldOneLater() throws Exception {
        var guest = joined(here, false, "red");
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        bus.cut("there");
        try (var again = comeBack(guest, there, false)) {
            assertThat(again.id()).isNotEqualTo(guest.id());
            assertThat(notes.next(2)).containsExactlyInAnyOrder("store of sessions: cut off", "new there []");
        }
        bus.mend("there");
        try (var again = comeBack(guest, there, false)) {
            assertThat(again.id()).isEqualTo(guest.id());
        }
    }

    @Test
    void aStoreThatIsSlowMeansANewSessionNowAndTheOldOneLater() throws Exception {
        var guest = joined(here, false, "red");
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        bus.hold("there");
        try (var again = comeBack(guest, there, false)) {
            assertThat(again.id()).isNotEqualTo(guest.id());
            assertThat(notes.next(2))
                    .containsExactlyInAnyOrder(
                            "store of sessions: a session was not found within PT5S", "new there []");
        }
        bus.go("there");
        try (var again = comeBack(guest, here, false)) {
            assertThat(again.id()).isEqualTo(guest.id());
        }
    }

    @Test
    void whatCannotBeStoredComesBackHereAlone() throws Exception {
        var guest = joined(here, false, "red");
        bus.cut("here");
        guest.goAway();
        assertThat(notes.next(2)).containsExactlyInAnyOrder("transport close", "store of sessions: cut off");
        bus.mend("here");
        here.to("red").emit("n", 1);
        try (var again = comeBack(guest, here, false)) {
            assertThat(again.id()).isEqualTo(guest.id());
            assertThat(again.hear()).isEqualTo("\"n\",1");
        }
    }

    @Test
    void whoIsBackHereBeforeItIsKnownThatItCannotBeStoredHasItsSession() throws Exception {
        var guest = joined(here, false, "red");
        bus.hold("here");
        guest.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        try (var again = comeBack(guest, here, false)) {
            assertThat(again.id()).isEqualTo(guest.id());
            assertThat(notes.next(2))
                    .containsExactlyInAnyOrder(
                            "store of sessions: a session was not parked within PT5S", "back here [red]");
        }
        bus.go("here");
    }

    @Test
    void whatIsNotInTheLogIsDeliveredHereInOrder() throws Exception {
        try (var guest = joined(here, false, "red")) {
            bus.hold("here");
            here.to("red").emit("n", 1);
            bus.cut("here");
            here.to("red").emit("n", 2);
            here.to("red").asVolatile().emit("n", 3);
            here.to("red").socketsJoin("blue");
            here.to("blue").emit("n", 4);
            here.local().emit("n", 5);
            bus.go("here");
            assertThat(guest.hear()).isEqualTo("\"n\",1");
            for (int i = 2; i <= 5; i++) {
                assertThat(guest.next()).isEqualTo("42[\"n\"," + i + "]");
            }
        }
    }

    @Test
    void aNamespaceThatIsNotThereYetIsThereForWhoComesBack() throws Exception {
        for (var server : new SocketServer[] {here, there}) {
            server.of(Pattern.compile("/room-\\d"));
        }
        var guest = Guest.join(here, Line.open(here, false), "/room-1,");
        here.of("/room-1").emit("n", 1);
        assertThat(guest.hear()).isEqualTo("\"n\",1");
        guest.goAway();
        here.of("/room-1").emit("n", 2);
        try (var again = comeBack(guest, there, false)) {
            assertThat(again.id()).isEqualTo(guest.id());
            assertThat(again.hear()).isEqualTo("\"n\",2");
        }
    }
}
