package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.internal.connection.Shard;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

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
    }

    private List<Shard> shards() {
        return Inside.of(server).shards();
    }

    /** When this returns, the shard has done what it had to do before. */
    private static void pass(Shard shard) throws Exception {
        var passed = new CompletableFuture<Void>();
        shard.execute(() -> passed.complete(null));
        passed.get(10, TimeUnit.SECONDS);
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
    void whatIsSentToASocketAsSoonAsItIsInItsRoomReachesIt() throws Exception {
        server = servers.start(builder -> builder.handlerExecutor(Runnable::run)
                .connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1))));
        server.onRooms(new RoomListener() {
            @Override
            public void joined(String room, String socketId) {
                server.to(room).emit("welcome");
            }
        });
        try (var guest = Guest.join(server, false)) {
            assertThat(guest.hear()).isEqualTo("\"welcome\"");
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

    /** What is not recovered reaches a client in its place, or not at all if the client was away then. */
    @Test
    void whatIsNotLoggedDoesNotComeBehindWhatWasEmittedAfterIt() throws Exception {
        var decision = new CompletableFuture<String>();
        server = servers.start(builder -> builder.connectionStateRecovery(
                        ConnectionStateRecovery.within(Duration.ofMinutes(1)).skipMiddlewares(false))
                .loops(1));
        var notes = new Notes();
        server.useAsync(context -> {
            notes.add("asked");
            return context.auth(Map.class).isEmpty() ? CompletableFuture.completedFuture("") : decision;
        });
        var sockets = new CompletableFuture<Socket>();
        server.onConnection(sockets::complete);
        var guest = Guest.join(server, false);
        var socket = sockets.get(10, TimeUnit.SECONDS);
        server.emit("n", 0);
        assertThat(guest.hear()).isEqualTo("\"n\",0");
        guest.goAway();
        var line = Line.open(server, false);
        var again = guest.wish(line);
        assertThat(notes.next(2)).containsExactly("asked", "asked");
        var release = new CompletableFuture<String>();
        shards().get(0).post(release::join);
        decision.complete("");
        server.emit("n", 1);
        server.asVolatile().emit("volatile");
        var answers = server.timeout(Duration.ofSeconds(10)).request("question");
        var answer = socket.timeout(Duration.ofSeconds(10)).request("question", String.class);
        server.emit("n", 2);
        release.complete("");
        assertThat(again.awaitsConnect()).isTrue();
        server.emit("n", 3);
        for (int i = 1; i <= 3; i++) {
            assertThat(again.hear()).isEqualTo("\"n\"," + i);
        }
        assertThat(answers.get(10, TimeUnit.SECONDS)).isEqualTo(Inside.NO_ANSWERS);
        assertThat(answer).failsWithin(Duration.ofSeconds(10));
        again.close();
    }
}
