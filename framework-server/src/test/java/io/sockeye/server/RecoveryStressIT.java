package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many clients lose their connections again and again, while several threads send numbered events to rooms: everybody
 * hears all events of its rooms once and, of each thread, in order.
 */
@Timeout(90)
class RecoveryStressIT {
    private static final int ROOMS = 3;
    private static final int SENDERS = 3;
    private static final int DIRECT = 10;
    private static final int CLIENTS = 24;
    private static final long SEED = 4880;
    private static final Duration DURATION = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(5);

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Test
    void everybodyHearsEverythingOnceAndInOrder() throws Exception {
        var server = servers.start(builder ->
                builder.loops(3).connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofSeconds(5))));
        welcome(server);
        run(List.of(server));
        assertNothingIsLeft(server);
    }

    @Test
    void alsoWhoComesBackToAnotherServer() throws Exception {
        try (var bus = new Bus()) {
            var some = new ArrayList<SocketServer>();
            for (var name : List.of("one", "two", "three")) {
                var server = servers.start(builder -> builder.loops(2)
                        .adapter(bus.cluster(name))
                        .connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofSeconds(30))));
                welcome(server);
                some.add(server);
            }
            run(some);
        }
    }

    private static void welcome(SocketServer server) {
        server.onConnection(socket -> {
            if (!socket.recovered()) {
                socket.emit("hello");
            }
        });
        server.onDisconnecting(
                (socket, reason) -> socket.broadcast().asVolatile().emit("noise"));
    }

    private void run(List<SocketServer> all) throws Exception {
        var clients = new ArrayList<RestlessClient>();
        for (int i = 0; i < CLIENTS; i++) {
            var client = new RestlessClient(all, i % 3 == 2, SEED + i);
            clients.add(client.expects(2 * SENDERS + DIRECT));
            all.get(0).to(client.id()).socketsJoin("room " + i % ROOMS, "room " + (i + 1) % ROOMS);
        }
        var sockets = new ArrayList<Socket>();
        for (var server : all) {
            sockets.addAll(server.localSockets().join());
        }
        assertThat(sockets).hasSize(CLIENTS);
        awaitJoined(all, sockets);
        assertThat(run(all, clients, sockets)).isGreaterThan(CLIENTS);
    }

    /** What one server has done takes effect on the others later. */
    private static void awaitJoined(List<SocketServer> all, List<Socket> sockets) {
        while (sockets.stream().anyMatch(socket -> socket.rooms().size() < 3)) { // Within the time of the test.
            all.get(0).localSockets().join();
        }
    }

    /** @return how often somebody came back */
    private int run(List<SocketServer> all, List<RestlessClient> clients, List<Socket> sockets) throws Exception {
        try {
            var tasks = new ArrayList<Future<Integer>>();
            clients.forEach(client -> tasks.add(threads.submit((Callable<Integer>) client)));
            long end = System.nanoTime() + DURATION.toNanos();
            for (int sender = 0; sender < SENDERS; sender++) {
                int number = sender;
                tasks.add(threads.submit(() -> sendToRooms(all.get(number % all.size()), number, end)));
            }
            tasks.add(threads.submit(() -> sendTo(sockets)));
            int returns = 0;
            for (var task : tasks) {
                returns += task.get(60, TimeUnit.SECONDS);
            }
            return returns;
        } finally {
            threads.shutdownNow();
        }
    }

    private static int sendToRooms(SocketServer server, int sender, long end) {
        int count = 0;
        for (; System.nanoTime() < end; count++) {
            for (int room = 0; room < ROOMS; room++) {
                server.to("room " + room).emit("n", sender, room, count);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        for (int room = 0; room < ROOMS; room++) {
            server.to("room " + room).emit("last", sender, room, count);
        }
        return 0;
    }

    /** By way of the sockets that the clients had at first. */
    private static int sendTo(List<Socket> sockets) {
        for (int i = 0; i < DIRECT; i++) {
            LockSupport.parkNanos(DURATION.dividedBy(DIRECT).toNanos());
            for (var socket : sockets) {
                socket.emit("direct", i);
            }
        }
        return 0;
    }

    private static void assertNothingIsLeft(SocketServer server) {
        // Also those whose goodbye was lost.
        server.disconnectSockets(true);
        var recovery = Objects.requireNonNull(Inside.of(server).recovery());
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (recovery.log().bytes() > 0 && System.nanoTime() < end) {
            server.localSockets().join(); // Each loop has done what it had to do by then.
        }
        assertThat(recovery.log().bytes()).isZero();
        assertThat(recovery.sessions().size()).isZero();
        assertThat(server.localSockets().join()).isEmpty();
    }
}
