package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that reads the log of its cluster so slowly that some of it is gone before. */
@Timeout(60)
class ClusterGapIT {
    private static final String GAP =
            "log of the cluster: events are missing in the log of the cluster before \"%s\": clients of this server begin anew";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private final Bus bus = new Bus();
    private final SocketServer slow = start("slow");
    private final SocketServer other = start("other");

    private SocketServer start(String name) {
        var server = servers.start(builder -> builder.adapter(bus.cluster(name))
                .connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1)))
                .onError((error, where) -> notes.add(where + ": " + error.getMessage())));
        server.onConnection(socket -> notes.add((socket.recovered() ? "back " : "new ") + name));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        server.on("echo", (socket, args) -> args.ack("echo"));
        return server;
    }

    @AfterEach
    void closeBus() {
        bus.close();
    }

    private Guest join(SocketServer server, boolean polling) throws Exception {
        var guest = Guest.join(server, polling);
        assertThat(notes.next()).startsWith("new ");
        server.local().emit("n", 1);
        assertThat(guest.next()).isEqualTo("42[\"n\",1]");
        return guest;
    }

    private static void passLoops(SocketServer server) {
        for (var shard : Inside.of(server).shards()) {
            var passed = new CompletableFuture<Void>();
            shard.execute(() -> passed.complete(null));
            passed.join();
        }
    }

    private void makeGap(int kept) throws InterruptedException {
        bus.pauseReader("slow");
        other.emit("n", 2);
        other.emit("n", 3);
        bus.settle();
        bus.trimLog(kept);
        bus.resumeReader("slow");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itsClientsBeginAnew(boolean polling) throws Exception {
        var lucky = join(other, polling);
        var guest = join(slow, polling);
        makeGap(1);
        assertThat(guest.next()).startsWith(polling ? "1" : "close");
        assertThat(notes.next(2)).containsExactlyInAnyOrder(GAP.formatted("bus.1"), "events missed");
        try (var again = guest.comeBack()) {
            assertThat(again.id()).isNotEqualTo(guest.id());
            assertThat(notes.next()).isEqualTo("new slow");
            other.emit("n", 4);
            assertThat(again.hear()).isEqualTo("\"n\",4");
        }
        for (int i = 2; i <= 4; i++) {
            assertThat(lucky.hear()).isEqualTo("\"n\"," + i);
        }
        lucky.close();
    }

    @Test
    void nothingOfWhatFollowsReachesTheOldSession() throws Exception {
        var guest = join(slow, false);
        bus.hold("slow");
        makeGap(1);
        slow.emit("n", 4);
        slow.asVolatile().emit("n", 5);
        bus.go("slow");
        assertThat(guest.next()).startsWith("close");
        try (var again = guest.comeBack(Line.open(other, false))) {
            assertThat(again.id()).isNotEqualTo(guest.id());
        }
    }

    @Test
    void whoIsAwayOrComesLaterHasMissedNothing() throws Exception {
        var away = join(slow, false);
        away.goAway();
        assertThat(notes.next()).isEqualTo("transport close");
        passLoops(slow); // The session is parked in the same turn, after the handler's thread was woken.
        makeGap(0);
        assertThat(notes.next()).isEqualTo(GAP.formatted("bus.2"));
        var late = join(slow, false);
        slow.emit("n", 4);
        assertThat(late.hear()).isEqualTo("\"n\",4");
        try (var again = away.comeBack(Line.open(other, false))) {
            assertThat(again.id()).isEqualTo(away.id());
            for (int i = 2; i <= 4; i++) {
                assertThat(again.hear()).isEqualTo("\"n\"," + i);
            }
        }
        late.close();
    }

    /** What was sent before its client was there is not for it. */
    @Test
    void whoComesWhileItsServerReadsWhatIsOldHearsOnlyWhatIsNew() throws Exception {
        other.emit("n", 1);
        bus.settle();
        bus.hold("late");
        var late = start("late");
        late.use(context -> notes.add("asked"));
        var client = WebSocketClient.open(late);
        client.send("40");
        assertThat(notes.next()).isEqualTo("asked");
        client.frame(WebSocketClient.FIN | WebSocketClient.PING, new byte[0]);
        assertThat(client.nextFrame().first()).isEqualTo(WebSocketClient.FIN | WebSocketClient.PONG);
        bus.go("late");
        client.expect("40");
        assertThat(notes.next()).isEqualTo("new late");
        other.emit("n", 2);
        assertThat(client.next()).startsWith("42[\"n\",2");
        client.close();
    }

    @Test
    void aReaderThatWasSlowButMissedNothingTellsNobody() throws Exception {
        try (var guest = join(slow, false)) {
            makeGap(2);
            assertThat(guest.hear()).isEqualTo("\"n\",2");
            assertThat(guest.hear()).isEqualTo("\"n\",3");
            guest.send("420[\"echo\"]");
            assertThat(guest.next()).isEqualTo("430[\"echo\"]");
        }
    }
}
