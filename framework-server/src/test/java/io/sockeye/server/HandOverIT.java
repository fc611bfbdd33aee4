package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done to a client while its session moves from one loop to another, step by step. */
@Timeout(60)
class HandOverIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start(builder ->
                builder.loops(2).connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1))));
        server.of("/probe");
    }

    @ParameterizedTest
    @CsvSource({"0,1,0", "0,1,1", "1,0,0", "1,0,1", "0,0,0", "1,1,1"})
    void aBroadcastThatIsBetweenTheLoopsIsNeitherLostNorDoubled(int oldLoop, int newLoop, int firstLoop)
            throws Exception {
        var guest = guest(oldLoop);
        var line = lineOn(newLoop);
        var between = new HeldBroadcast("between");
        between.reach(firstLoop);
        var again = wish(guest, line);
        between.reach(1 - firstLoop);
        between.end();
        assertThat(again.awaitsConnect()).isTrue();
        assertHears(again, guest, "between");
    }

    @ParameterizedTest
    @CsvSource({"0,1,0", "0,1,1", "1,0,0", "1,0,1", "0,0,0", "1,1,1"})
    void aBroadcastThatBeginsMeanwhileAndEndsAfterwardsIsNeitherLostNorDoubled(int oldLoop, int newLoop, int firstLoop)
            throws Exception {
        var guest = guest(oldLoop);
        var line = lineOn(newLoop);
        var earlier = new HeldBroadcast("earlier");
        var again = wish(guest, line);
        var later = new HeldBroadcast("later");
        later.reach(firstLoop);
        earlier.reach(0);
        earlier.reach(1);
        earlier.end();
        assertThat(again.awaitsConnect()).isTrue();
        later.reach(1 - firstLoop);
        later.end();
        assertHears(again, guest, "earlier", "later");
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,0", "0,0"})
    void aRoomThatIsJoinedMeanwhileIsJoinedForTheNextBroadcast(int oldLoop, int newLoop) throws Exception {
        var guest = guest(oldLoop);
        var socket = socket(guest);
        var line = lineOn(newLoop);
        var earlier = new HeldBroadcast("earlier");
        var again = wish(guest, line);
        socket.join("red");
        server.to("red").emit("red");
        server.to(guest.id()).socketsJoin("blue");
        server.to("blue").emit("blue");
        socket.leave("red");
        server.to("red").emit("nobody");
        server.to("blue").except("red").emit("left");
        server.to("blue").socketsLeave("blue");
        server.to("blue").emit("nobody");
        earlier.reach(0);
        earlier.reach(1);
        earlier.end();
        assertThat(again.awaitsConnect()).isTrue();
        assertHears(again, guest, "earlier", "red", "blue", "left");
    }

    @Test
    void aRoomThatIsJoinedBehindTheHandOverIsJoinedForTheNextBroadcast() throws Exception {
        var guest = guest(0);
        var socket = socket(guest);
        var line = lineOn(1);
        var earlier = new HeldBroadcast("earlier");
        var again = wish(guest, line);
        earlier.reach(0);
        earlier.reach(1);
        var busy = block(0);
        earlier.end();
        socket.join("red");
        server.to("red").emit("red");
        pass(1);
        busy.countDown();
        assertThat(again.awaitsConnect()).isTrue();
        assertHears(again, guest, "earlier", "red");
    }

    @Test
    void whatOneThreadEmitsComesInItsOrder() throws Exception {
        var guest = guest(0);
        var socket = socket(guest);
        var line = lineOn(1);
        var earlier = new HeldBroadcast("earlier");
        var again = wish(guest, line);
        earlier.reach(0);
        earlier.reach(1);
        var busy = block(0);
        earlier.end();
        var busyAgain = block(0);
        socket.emit("first");
        busy.countDown();
        assertThat(again.awaitsConnect()).isTrue();
        socket.emit("second");
        pass(1);
        busyAgain.countDown();
        assertHears(again, guest, "earlier", "first", "second");
    }

    @Test
    void aRequestKeepsItsPlaceAmongWhatOneThreadEmits() throws Exception {
        var guest = guest(0);
        var socket = socket(guest);
        var earlier = new HeldBroadcast("earlier");
        var again = wish(guest, lineOn(1));
        socket.emit("first");
        var answer = socket.request("question", String.class);
        socket.emit("second");
        earlier.end();
        assertThat(again.awaitsConnect()).isTrue();
        assertThat(again.hear()).isEqualTo("\"first\"");
        again.expect("420[\"question\"]");
        again.send("430[\"yes\"]");
        assertThat(again.hear()).isEqualTo("\"second\"");
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("yes");
    }

    @Test
    void theHandOverWaitsForWhatTheOldLoopHasNotDoneYet() throws Exception {
        var guest = guest(0);
        var line = lineOn(1);
        var held = new HeldBroadcast("held");
        var again = wish(guest, line);
        held.reach(1);
        var ended = new CompletableFuture<Void>();
        var busy = block(0);
        // The old loop itself ends the posting, before it hears of it.
        shard(0).post(() -> {
            held.end();
            ended.complete(null);
        });
        shard(0).post(() -> held.onLoop(shard(0)));
        busy.countDown();
        ended.get(10, TimeUnit.SECONDS);
        assertThat(again.awaitsConnect()).isTrue();
        assertHears(again, guest, "held");
    }

    @Test
    void whoIsDisconnectedMeanwhileIsToldSo() throws Exception {
        var guest = guest(0);
        var socket = socket(guest);
        var earlier = new HeldBroadcast("earlier");
        var again = wish(guest, lineOn(1));
        socket.emit("last");
        socket.disconnect();
        socket.emit("too late");
        earlier.end();
        assertThat(again.awaitsConnect()).isTrue();
        assertThat(again.hear()).isEqualTo("\"last\"");
        assertThat(again.next()).isEqualTo("41");
    }

    @Test
    void volatileEventsAreNotKeptMeanwhile() throws Exception {
        var guest = guest(0);
        var socket = socket(guest);
        var earlier = new HeldBroadcast("earlier");
        var again = wish(guest, lineOn(1));
        socket.asVolatile().emit("volatile");
        server.asVolatile().emit("volatile");
        earlier.end();
        assertThat(again.awaitsConnect()).isTrue();
        assertHears(again, guest);
    }

    /** A client whose connection belongs to that loop, and that has got an event. */
    private Guest guest(int loop) throws IOException {
        var guest = Guest.join(server, lineOn(loop), "");
        server.to(guest.id()).emit("before");
        assertThat(guest.hear()).isEqualTo("\"before\"");
        return guest;
    }

    /** A connection that belongs to that loop. It has joined another namespace, so that it hears nothing of this one. */
    private Line lineOn(int loop) throws IOException {
        for (int i = 0; i < 40; i++) {
            var probe = Guest.join(server, Line.open(server, false), "/probe,");
            var socket =
                    server.of("/probe").to(probe.id()).localSockets().join().get(0);
            if (socket.connection().shard() == shard(loop)) {
                return probe.line();
            }
            probe.close();
        }
        throw new AssertionError("no connection went to the loop");
    }

    private Socket socket(Guest guest) {
        return server.to(guest.id()).localSockets().join().get(0);
    }

    /** The client comes back, and a socket waits for its session. */
    private Guest wish(Guest guest, Line line) throws IOException {
        var socket = socket(guest);
        var again = guest.wish(line);
        await(() -> socket.succession().latest() != socket);
        return again;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private void assertHears(Guest again, Guest guest, String... events) throws IOException {
        assertThat(again.id()).isEqualTo(guest.id());
        server.emit("end");
        for (String event : events) {
            assertThat(again.hear()).isEqualTo("\"" + event + "\"");
        }
        assertThat(again.hear()).isEqualTo("\"end\"");
        again.close();
    }

    private Shard shard(int loop) {
        return server.of("/").context().shards().get(loop);
    }

    /** When this returns, the loop has done what it had to do before. */
    private void pass(int loop) throws Exception {
        var passed = new CompletableFuture<Void>();
        shard(loop).execute(() -> passed.complete(null));
        passed.get(10, TimeUnit.SECONDS);
    }

    /** Has the loop do nothing else, when its turn has come, until the latch is counted down. */
    private CountDownLatch block(int loop) {
        var latch = new CountDownLatch(1);
        shard(loop).execute(() -> {
            try {
                assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        return latch;
    }

    /** A broadcast whose caller's thread has to wait for a processor again and again. */
    private final class HeldBroadcast {
        private final Postings postings =
                Objects.requireNonNull(server.of("/").context().recovery()).postings();
        private final Outgoing outgoing;
        private final long number;

        HeldBroadcast(String name) {
            var namespace = server.of("/");
            outgoing = Outgoing.of(namespace.event(name, new Object[0]), Flags.NONE, namespace.context());
            number = postings.begin();
        }

        /** When this returns, the loop has done its part. */
        void reach(int loop) throws Exception {
            shard(loop).execute(() -> onLoop(shard(loop)));
            pass(loop);
        }

        void onLoop(Shard shard) {
            shard.forEach(server.of("/"), Target.ALL, number, socket -> socket.deliver(outgoing));
        }

        void end() {
            postings.end(number).forEach(Runnable::run);
        }
    }
}
