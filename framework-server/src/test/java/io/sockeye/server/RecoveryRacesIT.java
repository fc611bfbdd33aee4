package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens while a session moves from one loop to another. */
@Timeout(60)
class RecoveryRacesIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private SocketServer server = SocketServer.builder().build();

    @BeforeEach
    void startServer() {
        server = servers.start(builder ->
                builder.loops(2).connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1))));
        server.of("/probe");
    }

    private List<Shard> shards() {
        return server.of("/").context().shards();
    }

    private Recovery recovery() {
        return Objects.requireNonNull(server.of("/").context().recovery());
    }

    /** A connection that belongs to that shard. It has joined another namespace, so that it hears nothing of this one. */
    private Line lineOn(Shard shard) throws IOException {
        for (int i = 0; i < 20; i++) {
            var probe = Guest.join(server, Line.open(server, false), "/probe,");
            var socket =
                    server.of("/probe").to(probe.id()).localSockets().join().get(0);
            if (socket.connection().shard() == shard) {
                return probe.line();
            }
            probe.close();
        }
        throw new AssertionError("no connection went to the shard");
    }

    /** When this returns, the shard has done what it had to do before. */
    private static void pass(Shard shard) throws Exception {
        var passed = new CompletableFuture<Void>();
        shard.execute(() -> passed.complete(null));
        passed.get(10, TimeUnit.SECONDS);
    }

    /** When this returns, the client that comes back has a socket on the shard which waits for the session. */
    private void awaitComing(Shard shard, String id) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!isComing(shard, id)) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    private boolean isComing(Shard shard, String id) throws Exception {
        var found = new CompletableFuture<Boolean>();
        shard.execute(() -> {
            var coming = new ArrayList<Socket>();
            shard.forEach(server.of("/"), new Target(Set.of(id), Set.of()), coming::add);
            found.complete(
                    coming.stream().anyMatch(socket -> socket.membership().isComing()));
        });
        return found.get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"0,1,0", "0,1,1", "1,0,0", "1,0,1", "0,0,0", "1,1,1"})
    void aBroadcastThatIsBetweenTheLoopsIsNeitherLostNorDoubled(int oldLoop, int newLoop, int firstLoop)
            throws Exception {
        var shards = shards();
        var guest = Guest.join(server, lineOn(shards.get(oldLoop)), "");
        server.emit("before");
        assertThat(guest.hear()).isEqualTo("\"before\"");
        var line = lineOn(shards.get(newLoop));
        var namespace = server.of("/");
        var outgoing = Outgoing.of(namespace.event("between", new Object[0]), Flags.NONE, namespace.context());
        // As the caller of a broadcast does whose thread has to wait for a processor in the middle of it.
        long posting = recovery().postings().begin();
        var first = shards.get(firstLoop);
        first.execute(() -> first.forEach(namespace, Target.ALL, socket -> socket.deliver(outgoing)));
        pass(first);
        var again = guest.wish(line);
        awaitComing(shards.get(newLoop), guest.id());
        var second = shards.get(1 - firstLoop);
        second.execute(() -> second.forEach(namespace, Target.ALL, socket -> socket.deliver(outgoing)));
        recovery().postings().end(posting).forEach(Runnable::run);
        assertThat(again.awaitsConnect()).isTrue();
        assertThat(again.id()).isEqualTo(guest.id());
        server.emit("after");
        assertThat(again.hear()).isEqualTo("\"between\"");
        assertThat(again.hear()).isEqualTo("\"after\"");
        again.close();
    }

    @Test
    void whoWantsASessionThatIsBeingGivenBackGetsItNext() throws Exception {
        for (int i = 0; i < 20; i++) {
            var guest = Guest.join(server, false);
            server.to(guest.id()).emit("n", i);
            assertThat(guest.hear()).isEqualTo("\"n\"," + i);
            guest.goAway();
            var lines = List.of(Line.open(server, false), Line.open(server, false), Line.open(server, false));
            for (var line : lines) {
                guest.wish(line);
            }
            for (var line : lines) {
                assertThat(PollingClient.sidIn(line.next())).isEqualTo(guest.id());
            }
            assertThat(server.to(guest.id()).localSockets().join()).hasSize(1);
            for (var line : lines) {
                line.close();
            }
        }
    }

    @Test
    void whoGoesAwayWhileItComesBackComesBackLater() throws Exception {
        var guest = Guest.join(server, false);
        server.emit("n", -1);
        assertThat(guest.hear()).isEqualTo("\"n\",-1");
        for (int i = 0; i < 60; i++) {
            var hasty = (Line.Frames) Line.open(server, false);
            guest.wish(hasty);
            server.emit("n", i);
            if (i % 3 == 0) {
                hasty.send("1");
            }
            if (i % 3 == 1) {
                hasty.client().wire().reset();
            } else {
                hasty.close();
            }
        }
        for (int i = 0; i < 3; i++) { // The loops have read what the hasty ones wrote.
            pass(shards().get(0));
            pass(shards().get(1));
        }
        try (var again = guest.comeBack()) {
            assertThat(again.id()).isEqualTo(guest.id());
            for (int i = 0; i < 60; i++) {
                assertThat(again.hear()).isEqualTo("\"n\"," + i);
            }
            assertThat(server.localSockets().join()).hasSize(1);
        }
    }
}
