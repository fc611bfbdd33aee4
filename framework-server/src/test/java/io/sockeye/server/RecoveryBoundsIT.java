package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.internal.recovery.Recovery;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept for clients that are away is bounded, and nothing of it stays. */
@Timeout(60)
class RecoveryBoundsIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private SocketServer server = SocketServer.builder().build();

    private void start(UnaryOperator<ConnectionStateRecovery> limits) {
        var settings = limits.apply(ConnectionStateRecovery.within(Duration.ofMinutes(1)));
        server = servers.start(
                builder -> builder.loops(3).cleanupEmptyChildNamespaces(true).connectionStateRecovery(settings));
    }

    private Recovery recovery() {
        return Objects.requireNonNull(Inside.of(server).recovery());
    }

    @Test
    void afterItsTimeNothingIsLeft() throws Exception {
        server = servers.start(builder -> builder.cleanupEmptyChildNamespaces(true)
                .connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMillis(300))));
        var rooms = server.of(Pattern.compile("/room-\\d+"));
        rooms.onConnection(socket -> socket.join("red"));
        var guest = Guest.join(server, Line.open(server, false), "/room-1,");
        rooms.emit("n", 1);
        assertThat(guest.hear()).isEqualTo("\"n\",1");
        var namespace = rooms.namespaces().get(0);
        guest.goAway();
        await(() -> recovery().sessions().size() == 1);
        namespace.to("red").emit("missed");
        assertThat(rooms.namespaces()).containsExactly(namespace);
        await(() -> recovery().sessions().size() == 0);
        await(() -> rooms.namespaces().isEmpty());
        assertThat(recovery().log().bytes()).isZero();
        try (var again = Guest.join(server, Line.open(server, false), "/room-1,")) {
            assertThat(again.id()).isNotEqualTo(guest.id());
        }
    }

    @Test
    void afterAReturnOnlyTheNewSocketCounts() throws Exception {
        start(limits -> limits);
        var rooms = server.of(Pattern.compile("/room-\\d+"));
        var guest = Guest.join(server, Line.open(server, false), "/room-1,");
        var namespace = rooms.namespaces().get(0);
        namespace.emit("n", -1);
        assertThat(guest.hear()).isEqualTo("\"n\",-1");
        for (int i = 0; i < 5; i++) {
            namespace.emit("n", i);
            guest.goAway();
            guest = guest.comeBack();
            assertThat(guest.hear()).isEqualTo("\"n\"," + i);
        }
        assertThat(rooms.namespaces()).containsExactly(namespace);
        assertThat(recovery().sessions().size()).isZero();
        guest.send("41/room-1,");
        await(() -> rooms.namespaces().isEmpty());
        assertThat(recovery().log().bytes()).isZero();
        guest.close();
    }

    @Test
    void whatOnlyOthersGotIsNotMissed() throws Exception {
        server = servers.start(builder -> builder.pingInterval(Duration.ofMillis(300))
                .connectionStateRecovery(
                        ConnectionStateRecovery.within(Duration.ofMinutes(1)).maxPackets(5)));
        server.on("echo", (socket, args) -> args.ack());
        var guests = List.of(Guest.join(server, false), Guest.join(server, false)); // On two loops.
        var other = server.socket(guests.get(0).id()).orElseThrow();
        for (int i = 0; i < 20; i++) {
            other.emit("n", i);
            assertThat(guests.get(0).hear()).isEqualTo("\"n\"," + i);
        }
        var quiet = guests.get(1);
        assertThat(((Line.Frames) quiet.line()).client().nextFrame().toString()).isEqualTo("2");
        quiet.send("3");
        quiet.send("420[\"echo\"]");
        assertThat(quiet.next()).isEqualTo("430[]");
        quiet.goAway();
        try (var again = quiet.comeBack()) {
            assertThat(again.id()).isEqualTo(quiet.id());
        }
    }

    @Test
    void whatIsForgottenButWasNotMissedDoesNotMatter() throws Exception {
        start(limits -> limits.maxPackets(5));
        server.on("echo", (socket, args) -> args.ack());
        var guests = List.of(Guest.join(server, false), Guest.join(server, false));
        var quiet = guests.get(1);
        var other = server.socket(guests.get(0).id()).orElseThrow();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 20; i++) {
                other.emit("n", i);
                assertThat(guests.get(0).hear()).isEqualTo("\"n\"," + i);
            }
            quiet.send("420[\"echo\"]");
            assertThat(quiet.next()).isEqualTo("430[]"); // By then its loop is through with all of these, too.
            goAway(quiet, 1); // No ping was sent in all that time.
            quiet = quiet.comeBack();
            assertThat(quiet.id()).isEqualTo(guests.get(1).id());
            if (round == 1) {
                server.of("/").to(quiet.id()).emit("yours");
                assertThat(quiet.hear()).isEqualTo("\"yours\"");
            }
        }
        quiet.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAClientGotWhenItCameBackNeedNotBeKept(boolean polling) throws Exception {
        start(limits -> limits.maxPackets(5));
        server.on("echo", (socket, args) -> args.ack());
        var other = server.socket(Guest.join(server, false).id()).orElseThrow();
        var guest = Guest.join(server, polling);
        goAway(guest, 1);
        server.to(guest.id()).emit("missed");
        emit(other, 3);
        var back = guest.comeBack();
        assertThat(back.hear()).isEqualTo("\"missed\"");
        echo(back);
        echo(back);
        echo(back); // By then it has answered the ping that followed what it missed, or polled again.
        emit(other, 3);
        server.to(guest.id()).emit("not heard");
        awaitLoop(back);
        goAway(back, 1);
        try (var again = back.comeBack()) {
            assertThat(again.id()).isEqualTo(guest.id());
            assertThat(again.hear()).isEqualTo("\"not heard\"");
        }
    }

    private static void emit(Socket to, int count) {
        for (int i = 0; i < count; i++) {
            to.emit("n", i);
        }
    }

    /** Until its loop has done what it was given before. */
    private void awaitLoop(Guest guest) throws Exception {
        var done = new CompletableFuture<Boolean>();
        var socket = server.socket(guest.id()).orElseThrow();
        Inside.of(socket).connection().loop().post(() -> done.complete(true));
        assertThat(done.get(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void echo(Guest guest) throws IOException {
        guest.send("420[\"echo\"]");
        assertThat(guest.next()).isEqualTo("430[]");
    }

    @Test
    void whatAStrangerCouldNotHaveIsKeptForTheOwner() throws Exception {
        start(limits -> limits);
        var rooms = server.of(Pattern.compile("/room-\\d+"));
        var guest = Guest.join(server, Line.open(server, false), "/room-1,");
        rooms.emit("n", 1);
        assertThat(guest.hear()).isEqualTo("\"n\",1");
        guest.goAway();
        var stranger = Line.open(server, false);
        stranger.send("40/room-1,{\"pid\":\"" + guest.pid() + "\",\"offset\":\"unknown\"}");
        assertThat(PollingClient.sidIn(stranger.next())).isNotEqualTo(guest.id());
        stranger.send("41/room-1,");
        stranger.close();
        await(() -> recovery().sessions().size() == 1);
        guest = guest.comeBack();
        rooms.emit("n", 2);
        assertThat(guest.hear()).isEqualTo("\"n\",2");
        guest.send("41/room-1,");
        await(() -> rooms.namespaces().isEmpty());
        assertThat(recovery().log().bytes()).isZero();
        assertThat(recovery().sessions().size()).isZero();
        guest.close();
    }

    @Test
    void anAuthPayloadThatNobodyCanReadLeavesNothing() throws Exception {
        start(limits -> limits);
        var rooms = server.of(Pattern.compile("/room-\\d+"));
        try (var first = Guest.join(server, Line.open(server, false), "/room-1,");
                var line = Line.open(server, false)) {
            line.send("40/room-1,{\"pid\":\"p\",\"n\":" + "1".repeat(2_000) + "}");
            assertThat(line.next()).startsWith("40/room-1,{\"sid\":");
            line.send("41/room-1,");
            first.send("41/room-1,");
            await(() -> rooms.namespaces().isEmpty());
        }
    }

    @Test
    void onlyTheLatestSessionsAreKept() throws Exception {
        start(limits -> limits.maxSessions(3));
        var guests = new ArrayList<Guest>();
        for (int i = 0; i < 5; i++) {
            guests.add(Guest.join(server, false));
        }
        for (var guest : guests) {
            int before = server.localSockets().join().size();
            guest.goAway();
            await(() -> server.localSockets().join().size() < before);
        }
        await(() -> recovery().sessions().size() == 3);
        Collections.reverse(guests); // Each new session would take the place of one that is kept.
        assertThat(whoComesBack(guests)).containsExactly(true, true, true, false, false);
    }

    @Test
    void overTheMostBytesTheOldestEventsAreForgotten() throws Exception {
        start(limits -> limits.maxBytes(10_000));
        var early = Guest.join(server, false);
        var late = Guest.join(server, false);
        goAway(early, 1);
        server.emit("n", "x".repeat(4_400));
        assertThat(late.hear()).startsWith("\"n\"");
        goAway(late, 2);
        server.emit("n", "y".repeat(4_400));
        server.emit("n", "z".repeat(4_400));
        assertThat(recovery().log().bytes()).isBetween(8_800L, 10_000L);
        assertThat(whoComesBack(List.of(early, late))).containsExactly(false, true);
    }

    private void goAway(Guest guest, int count) throws Exception {
        guest.goAway();
        await(() -> recovery().sessions().size() == count);
    }

    private static List<Boolean> whoComesBack(List<Guest> guests) throws Exception {
        var back = new ArrayList<Boolean>();
        for (var guest : guests) {
            try (var again = guest.comeBack()) {
                back.add(again.id().equals(guest.id()));
            }
        }
        return back;
    }

    @Test
    void oneBroadcastToManyIsKeptOnce() throws Exception {
        start(limits -> limits);
        var crowd = new ArrayList<Guest>();
        for (int i = 0; i < 10; i++) {
            crowd.add(Guest.join(server, false));
        }
        server.emit("to the crowd", "x".repeat(2_500));
        for (var each : crowd) {
            assertThat(each.hear()).startsWith("\"to the crowd\"");
        }
        assertThat(recovery().log().bytes()).isBetween(2_500L, 3_000L);
        for (var each : crowd) {
            each.close();
        }
    }

    @Test
    void moreEventsThanAreKeptMakeANewSession() throws Exception {
        start(limits -> limits.maxPackets(2));
        var early = Guest.join(server, false);
        var late = Guest.join(server, false);
        goAway(early, 1);
        server.emit("n", 1);
        assertThat(late.hear()).isEqualTo("\"n\",1");
        goAway(late, 2);
        server.emit("n", 2);
        server.emit("n", 3);
        try (var again = late.comeBack()) {
            assertThat(again.id()).isEqualTo(late.id());
            assertThat(again.hear()).isEqualTo("\"n\",2");
            assertThat(again.hear()).isEqualTo("\"n\",3");
        }
        try (var again = early.comeBack()) {
            assertThat(again.id()).isNotEqualTo(early.id());
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 2_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
