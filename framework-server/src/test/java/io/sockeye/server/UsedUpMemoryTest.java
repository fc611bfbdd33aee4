package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of clients while the server's memory for them is used up; handlers run when the test says so. */
class UsedUpMemoryTest {
    private static final int LIMIT = 1_000_000;

    private final List<DisconnectReason> ended = new ArrayList<>();
    private @Nullable Socket latest;

    private HandServer server(int loops) {
        var server = new HandServer(
                loops, builder -> builder.memory(LIMIT, LIMIT).onOverflow(overflow -> ended.add(overflow.reason())));
        server.namespace("/").onConnection(socket -> latest = socket);
        return server;
    }

    private Socket socket(HandServer server) {
        server.runHandlers();
        return Objects.requireNonNull(latest);
    }

    /** An event of so many letters. */
    private static String event(int letters) {
        return "42[\"e\",\"" + "x".repeat(letters) + "\"]";
    }

    private static void fill(HandClient client) {
        client.send(event(600_000));
        client.server().look();
        client.send(event(390_000));
        assertThat(client.isRead()).isTrue();
        client.send(event(10_000));
    }

    @Test
    void whoSendsMoreIsNotReadAnyFurtherAtOnce() {
        var server = server(1);
        var greedy = server.join();
        fill(greedy);
        assertThat(server.in()).isGreaterThan(LIMIT);
        assertThat(greedy.isRead()).isFalse();
        assertThat(greedy.isOpen()).isTrue();
        server.runHandlers();
        server.look();
        assertThat(greedy.isRead()).isTrue();
        assertThat(ended).isEmpty();
    }

    @Test
    void whoHoldsLittleIsReadOn() {
        var server = server(1);
        var modest = server.join();
        fill(server.join());
        modest.send(event(10_000));
        assertThat(modest.isRead()).isTrue();
        modest.send(event(10_000));
        assertThat(modest.isRead()).isFalse();
    }

    @Test
    void whoseEventsGoOnWaitingIsEnded() {
        var server = server(1);
        var modest = server.join();
        var greedy = server.join();
        fill(greedy);
        server.look();
        assertThat(greedy.isOpen()).isTrue();
        server.look();
        assertThat(greedy.isOpen()).isFalse();
        assertThat(ended).containsExactly(DisconnectReason.MEMORY);
        assertThat(server.in()).isLessThan(10_000);
        assertThat(modest.isOpen()).isTrue();
    }

    @Test
    void whoTakesNothingIsEndedAtOnceUnlessLittleWaits() {
        var server = server(1);
        var modest = server.join();
        var modestSocket = socket(server);
        var greedy = server.join();
        var greedySocket = socket(server);
        modest.transport().writable = false;
        greedy.transport().writable = false;
        greedySocket.emit("e", "x".repeat(990_000));
        modestSocket.emit("e", "x".repeat(12_000));
        assertThat(server.out()).isGreaterThan(LIMIT);
        assertThat(modest.isOpen()).isTrue();
        modestSocket.emit("e", "x".repeat(12_000));
        assertThat(modest.isOpen()).isFalse();
        assertThat(greedy.isOpen()).isTrue();
        assertThat(ended).containsExactly(DisconnectReason.MEMORY);
    }

    @Test
    void aLoopThatHasEndedHoldsUpNoOther() {
        var server = server(2);
        server.join(1).send(event(600_000));
        var other = server.join(0);
        other.send(event(350_000));
        server.look();
        server.loops.get(1).end();
        server.look();
        server.look();
        assertThat(other.isOpen()).isFalse();
    }

    /** Such as a handler of its own that does not come to an end. */
    @Test
    void whoseSentEventsAreNotToldOfIsEndedAndNobodyElse() {
        var server = server(1);
        server.namespace("/").onAnyOutgoing((socket, event, args) -> {});
        var modest = server.join();
        var modestSocket = socket(server);
        var talker = server.join();
        var talkerSocket = socket(server);
        modest.transport().writable = false;
        modestSocket.emit("e", "x".repeat(4_500));
        for (int i = 0; i < 5; i++) {
            talkerSocket.emit("e", "x".repeat(100_000));
        }
        server.look();
        server.look();
        assertThat(talker.isOpen()).isFalse();
        assertThat(modest.isOpen()).isTrue();
        assertThat(server.out()).isLessThan(20_000);
    }

    @Test
    void whatIsNotToldOfIsDroppedIfItsSocketIsGone() {
        var server = server(1);
        server.namespace("/").onAnyOutgoing((socket, event, args) -> {});
        var talker = server.join();
        var talkerSocket = socket(server);
        for (int i = 0; i < 5; i++) {
            talkerSocket.emit("e", "x".repeat(100_000));
        }
        talker.send("41");
        server.look();
        assertThat(server.out()).isGreaterThan(900_000);
        server.look();
        assertThat(server.out()).isZero();
        assertThat(talker.isOpen()).isTrue();
    }

    @Test
    void whatManyAreToBeToldOfCountsOnce() {
        var server = server(1);
        server.namespace("/").onAnyOutgoing((socket, event, args) -> {});
        server.join();
        server.join();
        server.runHandlers();
        server.namespace("/").emit("e", "x".repeat(100_000));
        // 2["e",""] and 64 bytes, and once more as the application emitted it.
        assertThat(server.out()).isEqualTo(100_000 + 9 + 64 + 100_000 + 8);
        server.runHandlers();
        assertThat(server.out()).isZero();
    }

    /** It comes back to a connection that cannot take what it has missed: it is away again. */
    @Test
    void whatWaitsForAClientThatIsAwayAgainIsDropped() {
        var server = new HandServer(
                1,
                builder -> builder.memory(LIMIT, LIMIT)
                        .outboxBytes(1_000)
                        .connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(2))));
        server.namespace("/").onConnection(socket -> latest = socket);
        var client = server.join();
        var socket = socket(server);
        client.send(event(950_000));
        client.leave();
        socket.emit("e", "x".repeat(850));
        var again = server.open();
        again.transport().writable = false;
        again.send("40{\"pid\":\"" + client.pid() + "\",\"offset\":\"\"}");
        assertThat(again.isOpen()).isFalse();
        server.look();
        assertThat(server.in()).isGreaterThan(LIMIT / 10 * 9);
        server.look();
        assertThat(server.in()).isLessThan(10_000);
    }
}
