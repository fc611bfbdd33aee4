package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All clients together may hold so much; beyond it the one that holds the most is ended. */
@Timeout(60)
class MemoryIT {
    private static final long AMPLE = 10 << 20;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private final Notes overflows = new Notes();
    private final CountDownLatch release = new CountDownLatch(1);

    private SocketServer server(long in, long out) {
        var server = servers.start(builder -> builder.memory(in, out).onOverflow(this::overflow));
        server.onConnection(socket -> notes.add("joined"));
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        server.on("slow", String.class, (socket, text) -> {
            notes.add("slow " + text.length());
            release.await(40, TimeUnit.SECONDS);
        });
        return server;
    }

    private void overflow(Overflow overflow) {
        overflows.add("%s %d %d %d"
                .formatted(overflow.reason(), overflow.sockets().size(), overflow.inBytes(), overflow.outBytes()));
    }

    private void expect(String note) throws InterruptedException {
        assertThat(notes.next()).isEqualTo(note);
    }

    @Test
    void whoFetchesNothingIsEndedIfItHoldsTheMost() throws Exception {
        var server = server(AMPLE, 100_000);
        try (var greedy = PollingClient.join(server)) {
            var first = onlySocket(server);
            try (var modest = PollingClient.join(server)) {
                var second = other(server, first);
                expect("joined");
                expect("joined");
                second.emit("few", "x".repeat(29_979)); // 42["few",""] and 64 bytes besides.
                first.emit("many", "x".repeat(59_978));
                expect("memory");
                assertThat(overflows.next()).isEqualTo("MEMORY 1 1026 60054");
                until(server, new ServerMemory(1_026, AMPLE, 30_054, 100_000, 0, 1));
                assertThat(second.connected()).isTrue();
                assertThat(modest.next()).startsWith("42[\"few\"");
                assertThat(greedy.down().get(greedy.target()).body()).contains("\"code\":1");
            }
        }
        assertThat(server.memory().outBytes()).isZero();
    }

    @Test
    void whatGoesToManyCountsOnce() throws Exception {
        var server = server(AMPLE, 100_000);
        try (var one = PollingClient.join(server);
                var another = PollingClient.join(server)) {
            server.emit("all", "x".repeat(50_000));
            assertThat(server.fetchSockets().get(10, TimeUnit.SECONDS)).hasSize(2);
            assertThat(server.memory().outBytes()).isEqualTo(50_075);
            assertThat(one.next()).startsWith("42[\"all\"");
            until(server, new ServerMemory(2 * 1_026, AMPLE, 50_075, 100_000, 0, 0));
            assertThat(another.next()).startsWith("42[\"all\"");
            until(server, new ServerMemory(2 * 1_026, AMPLE, 0, 100_000, 0, 0));
        }
    }

    /** It is made of the event's own bytes, and a part of it is copied. */
    @Test
    void anAnswerCountsUntilItHasLeft() throws Exception {
        var server = server(AMPLE, AMPLE);
        try (var client = PollingClient.join(server);
                var slow = Wire.to(server, 4 << 10)) {
            onlySocket(server).emit("long", "x".repeat(7_000_000));
            until(server, new ServerMemory(1_026, AMPLE, 7_000_076, AMPLE, 0, 0));
            slow.request("GET", client.target(), "");
            until(server, new ServerMemory(1_026, AMPLE, 7_000_076 + (64 << 10), AMPLE, 0, 0));
            assertThat(slow.reply().body()).hasSize(7_000_013);
            until(server, new ServerMemory(1_026, AMPLE, 0, AMPLE, 0, 0));
        }
    }

    @Test
    void anAnswerThatIsLostDoesNotCount() throws Exception {
        var server = server(AMPLE, AMPLE);
        try (var client = PollingClient.join(server)) {
            onlySocket(server).emit("long", "x".repeat(7_000_000));
            try (var slow = Wire.to(server, 4 << 10)) {
                slow.request("GET", client.target(), "");
                until(server, new ServerMemory(1_026, AMPLE, 7_000_076 + (64 << 10), AMPLE, 0, 0));
            }
            expect("joined");
            expect("transport error");
            until(server, new ServerMemory(0, AMPLE, 0, AMPLE, 0, 0));
        }
    }

    /** Its answer stays with a connection that is not read. */
    @Test
    void whoDoesNotReadAnAnswerIsCutOffWithIt() throws Exception {
        var server = server(AMPLE, 7_100_000);
        try (var client = PollingClient.join(server);
                var slow = Wire.to(server, 4 << 10)) {
            onlySocket(server).emit("long", "x".repeat(7_000_000));
            slow.request("GET", client.target(), "");
            expect("joined");
            expect("memory");
            until(server, new ServerMemory(0, AMPLE, 0, 7_100_000, 0, 1));
        }
    }

    @Test
    void eventsOfTheOneThatIsEndedAreDropped() throws Exception {
        var server = server(100_000, AMPLE);
        try (var greedy = WebSocketClient.join(server);
                var modest = WebSocketClient.join(server)) {
            expect("joined");
            expect("joined");
            greedy.send("42[\"slow\",\"\"]");
            assertThat(notes.next()).isEqualTo("slow 0");
            modest.send("42[\"slow\",\"" + "x".repeat(30_000) + "\"]");
            assertThat(notes.next()).isEqualTo("slow 30000");
            greedy.send("42[\"slow\",\"" + "x".repeat(60_000) + "\"]");
            assertThat(overflows.next()).isEqualTo("MEMORY 1 61728 0");
            until(server, new ServerMemory(2 * 1_026 + 29 * 1_024, 100_000, 0, AMPLE, 0, 1));
            release.countDown();
            assertThat(notes.next()).isEqualTo("memory");
            modest.send("42[\"slow\",\"y\"]");
            assertThat(notes.next()).isEqualTo("slow 1");
        }
    }

    @Test
    void whoHoldsMuchIsNotReadNearTheEndAndOthersAre() throws Exception {
        var server = server(1_000_000, AMPLE);
        server.withEventLoop().on("seen", (socket, args) -> notes.add("seen"));
        server.onRequest("echo", String.class, (socket, text) -> text);
        try (var greedy = WebSocketClient.join(server)) {
            expect("joined");
            var socket = onlySocket(server);
            greedy.send("42[\"slow\",\"" + "x".repeat(800_000) + "\"]");
            assertThat(notes.next()).isEqualTo("slow 800000");
            while (!rests(socket)) {
                Thread.onSpinWait();
            }
            greedy.send("42[\"seen\"]");
            try (var modest = WebSocketClient.join(server)) {
                expect("joined");
                for (int i = 0; i < 3; i++) {
                    modest.send("42" + i + "[\"echo\",\"a\"]");
                    assertThat(modest.next()).isEqualTo("43" + i + "[\"a\"]");
                }
                assertThat(notes.isEmpty()).isTrue();
                release.countDown();
                expect("seen");
            }
        }
    }

    private static boolean rests(Socket socket) throws Exception {
        var rests = new CompletableFuture<Boolean>();
        var connection = Inside.of(socket).connection();
        connection.loop().execute(() -> rests.complete(connection.attention().pausedForMemory()));
        return rests.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoOverflowsItsOwnLimitIsToldOfToo() throws Exception {
        var server = servers.start(builder -> builder.outboxBytes(1_000).onOverflow(this::overflow));
        try (var client = PollingClient.join(server)) {
            onlySocket(server).emit("too much", "x".repeat(1_000));
            assertThat(overflows.next()).isEqualTo("OUTBOX_OVERFLOW 1 1026 1080");
            assertThat(client.down().get(client.target()).body()).contains("\"code\":1");
            assertThat(server.memory().disconnected()).isZero();
        }
    }

    @Test
    void whatIsKeptOfASocketCountsUntilItsHandlersAreThrough() throws Exception {
        var server = server(AMPLE, AMPLE);
        try (var client = WebSocketClient.open(server)) {
            client.send("40{\"token\":\"" + "x".repeat(988) + "\"}");
            client.expect("40{");
            expect("joined");
            assertThat(server.memory().inBytes()).isEqualTo(2_024);
            client.send("42[\"slow\",\"\"]");
            assertThat(notes.next()).isEqualTo("slow 0");
            client.send("41");
            while (!server.localSockets().get(10, TimeUnit.SECONDS).isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(server.memory().inBytes()).isEqualTo(2_024); // 351 bytes of the event are less than a step.
            release.countDown();
            expect("client namespace disconnect");
            untilNothingIsHeld(server);
        }
    }

    /** What ends is given back in several steps. */
    private static void until(SocketServer server, ServerMemory expected) {
        while (!server.memory().equals(expected)) {
            Thread.onSpinWait();
        }
    }

    private static void untilNothingIsHeld(SocketServer server) {
        while (server.memory().inBytes() != 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whoIntroducesItselfAtTooGreatLengthIsToldSo() throws Exception {
        var server = servers.start(builder -> builder.maxAuthBytes(20));
        try (var client = WebSocketClient.open(server)) {
            client.send("40{\"token\":\"123456789\"}");
            assertThat(client.next()).isEqualTo("44{\"message\":\"auth: 21 bytes, limit 20\"}");
            client.send("40{\"token\":\"12345678\"}");
            client.expect("40{");
        }
    }

    @Test
    void attachmentsThatFollowNoEndCount() throws Exception {
        var server = server(100_000, AMPLE);
        try (var client = WebSocketClient.join(server)) {
            expect("joined");
            client.send("452-[\"two\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
            client.frame(WebSocketClient.FIN | WebSocketClient.BINARY, new byte[95_000]);
            assertThat(overflows.next()).isEqualTo("MEMORY 1 96224 0");
            expect("memory");
            untilNothingIsHeld(server);
        }
    }

    /** Between two looks at the budget, by a handler that does not let the loop go: nobody passes it by more than an event. */
    @Test
    void nobodyPassesTheEndOfTheBudgetByMuch() throws Exception {
        long limit = 1_000_000;
        var server = server(AMPLE, limit);
        var most = new AtomicLong();
        server.withEventLoop().on("flood", (socket, args) -> {
            for (int i = 0; i < 200; i++) {
                socket.emit("echo", "x".repeat(100_000));
                most.accumulateAndGet(server.memory().outBytes(), Math::max);
            }
        });
        for (int i = 0; i < 3; i++) {
            try (var client = PollingClient.join(server)) {
                expect("joined");
                client.post("42[\"flood\"]");
                expect("memory");
            }
        }
        assertThat(most.get()).isBetween(limit * 9 / 10, limit + 100_100);
        until(server, new ServerMemory(0, AMPLE, 0, limit, 0, 3));
    }

    private static Socket onlySocket(SocketServer server) throws Exception {
        return sockets(server).get(0);
    }

    private static Socket other(SocketServer server, Socket first) throws Exception {
        return sockets(server).stream()
                .filter(socket -> socket != first)
                .findFirst()
                .orElseThrow();
    }

    private static List<Socket> sockets(SocketServer server) throws Exception {
        return server.localSockets().get(10, TimeUnit.SECONDS);
    }
}
