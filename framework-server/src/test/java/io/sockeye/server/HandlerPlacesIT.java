package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Handlers that run elsewhere than the others: of a namespace, or one by one. */
@Timeout(30)
class HandlerPlacesIT {
    private static final String EVENT_LOOP = "sockeye-\\d+-\\d+";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private final ExecutorService pool = Executors.newSingleThreadExecutor(task -> new Thread(task, "my pool"));

    @AfterEach
    void stopPool() {
        pool.shutdownNow();
    }

    @Test
    void aNamespaceMayHaveAnExecutorOfItsOwn() throws Exception {
        var server = servers.start();
        server.of("/pool").handlerExecutor(pool).on("say", (socket, args) -> note());
        server.of("/loop").handlersOnEventLoop().on("say", (socket, args) -> note());
        server.on("say", (socket, args) -> note());
        try (var client = WebSocketClient.join(server)) {
            client.join("/pool,");
            client.join("/loop,");
            client.send("42/pool,[\"say\"]");
            assertThat(notes.next()).isEqualTo("my pool");
            client.send("42/loop,[\"say\"]");
            assertThat(notes.next()).matches(EVENT_LOOP);
            client.send("42[\"say\"]");
            assertThat(notes.next()).doesNotMatch(EVENT_LOOP).isNotEqualTo("my pool");
        }
    }

    @Test
    void aHandlerMayHaveAPlaceOfItsOwn() throws Exception {
        var server = servers.start();
        server.withExecutor(pool).on("pool", (socket, args) -> note());
        server.withEventLoop().onRequest("loop", int.class, (socket, n) -> {
            note();
            return n + 1;
        });
        server.onConnection(socket -> socket.withExecutor(pool).on("own", (who, args) -> note()));
        server.on("usual", (socket, args) -> note());
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"pool\"]");
            assertThat(notes.next()).isEqualTo("my pool");
            client.send("421[\"loop\",1]");
            assertThat(client.next()).isEqualTo("431[2]");
            assertThat(notes.next()).matches(EVENT_LOOP);
            client.send("42[\"own\"]");
            assertThat(notes.next()).isEqualTo("my pool");
            client.send("42[\"usual\"]");
            assertThat(notes.next()).doesNotMatch(EVENT_LOOP).isNotEqualTo("my pool");
        }
    }

    @Test
    void aBlockedHandlerDoesNotDelayThoseOfAnotherPlaceWhoKeepTheirOrder() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start();
        server.on("n", (socket, args) -> {
            release.await(20, TimeUnit.SECONDS);
            notes.add("usual " + args.get(0, int.class));
        });
        server.withExecutor(pool).on("n", (socket, args) -> notes.add("pool " + args.get(0, int.class)));
        try (var client = WebSocketClient.join(server)) {
            for (int i = 0; i < 100; i++) {
                client.send("42[\"n\"," + i + "]");
            }
            for (int i = 0; i < 100; i++) {
                assertThat(notes.next()).isEqualTo("pool " + i);
            }
            release.countDown();
            for (int i = 0; i < 100; i++) {
                assertThat(notes.next()).isEqualTo("usual " + i);
            }
        }
    }

    @Test
    void aHandlerOnTheEventLoopSeesNoEventBeforeTheConnectionHandlerHasFinished() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start();
        server.onConnection(socket -> {
            release.await(20, TimeUnit.SECONDS);
            notes.add("connected");
        });
        server.withEventLoop().on("n", (socket, args) -> notes.add("event " + args.get(0, int.class)));
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            client.expect("40{");
            client.send("42[\"n\",1]");
            client.send("42[\"n\",2]");
            client.send("40/unknown,");
            client.expect("44/unknown,");
            release.countDown();
            assertThat(notes.next(3)).containsExactly("connected", "event 1", "event 2");
        }
    }

    @Test
    void eventsThatCameBeforeTheConnectionHandlerHadFinishedAreNotOvertaken() throws Exception {
        var connect = new CountDownLatch(1);
        var slow = new CountDownLatch(1);
        var server = servers.start();
        server.onConnection(socket -> connect.await(20, TimeUnit.SECONDS));
        server.on("slow", (socket, args) -> {
            notes.add("slow");
            slow.await(20, TimeUnit.SECONDS);
        });
        server.withExecutor(pool).on("n", (socket, args) -> notes.add("event " + args.get(0, int.class)));
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            client.expect("40{");
            client.send("42[\"slow\"]");
            client.send("42[\"n\",1]");
            client.send("40/unknown,");
            client.expect("44/unknown,");
            connect.countDown();
            assertThat(notes.next()).isEqualTo("slow");
            client.send("42[\"n\",2]");
            client.send("40/unknown,");
            client.expect("44/unknown,");
            slow.countDown();
            assertThat(notes.next(2)).containsExactly("event 1", "event 2");
        }
    }

    @Test
    void aHandlerThatTheConnectionHandlerAddsHasItsPlaceAlsoForEventsThatCameBefore() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start();
        server.onConnection(socket -> {
            release.await(20, TimeUnit.SECONDS);
            socket.withExecutor(pool).on("say", (who, args) -> note());
        });
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            client.expect("40{");
            client.send("42[\"say\"]");
            client.send("40/unknown,");
            client.expect("44/unknown,");
            release.countDown();
            assertThat(notes.next()).isEqualTo("my pool");
        }
    }

    @Test
    void whatAnEventsHandlerAddsCountsForTheNextEventAlsoWhereOthersHaveAPlaceOfTheirOwn() throws Exception {
        var release = new CountDownLatch(1);
        var server = servers.start();
        server.withExecutor(pool).on("report", (socket, args) -> note());
        server.on("login", (socket, args) -> {
            release.await(20, TimeUnit.SECONDS);
            socket.use((who, event, more) -> notes.add("checked " + event));
            socket.on("chat", (who, more) -> notes.add("chat"));
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"login\"]");
            client.send("42[\"chat\"]");
            client.send("42[\"report\"]");
            assertThat(notes.next()).isEqualTo("my pool");
            release.countDown();
            assertThat(notes.next(3)).containsExactly("checked chat", "chat", "checked report");
        }
    }

    @Test
    void aHandlerElsewhereThatAnEventsHandlerAddsSeesTheNextEventsInOrder() throws Exception {
        var release = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var server = servers.start();
        server.withExecutor(pool).on("report", (socket, args) -> notes.add("report"));
        server.on("login", (socket, args) -> {
            release.await(20, TimeUnit.SECONDS);
            socket.withExecutor(pool).on("n", (who, more) -> notes.add("event " + more.get(0, int.class)));
            notes.add("added");
            goOn.await(20, TimeUnit.SECONDS);
        });
        try (var client = WebSocketClient.join(server)) {
            client.send("42[\"login\"]");
            client.send("42[\"n\",1]");
            client.send("42[\"report\"]");
            assertThat(notes.next()).isEqualTo("report");
            release.countDown();
            assertThat(notes.next()).isEqualTo("added");
            client.send("42[\"n\",2]");
            client.send("40/unknown,");
            client.expect("44/unknown,");
            goOn.countDown();
            assertThat(notes.next(2)).containsExactly("event 1", "event 2");
        }
    }

    @Test
    void middlewareComesBeforeHandlersElsewhereAndKeepsTheirOrder() throws Exception {
        var server = servers.start();
        server.useForEvents((socket, event, args) -> notes.add("check " + args.get(0, int.class)));
        server.withExecutor(pool).on("n", (socket, args) -> notes.add("event " + args.get(0, int.class)));
        try (var client = WebSocketClient.join(server)) {
            for (int i = 0; i < 50; i++) {
                client.send("42[\"n\"," + i + "]");
            }
            var seen = notes.next(100);
            var events = new ArrayList<String>();
            for (int i = 0; i < 50; i++) {
                assertThat(seen.indexOf("check " + i)).isLessThan(seen.indexOf("event " + i));
                events.add("event " + i);
            }
            assertThat(seen).filteredOn(note -> note.startsWith("event")).isEqualTo(events);
        }
    }

    @Test
    void whoComesBackIsHandledAfterWhatItSentBeforeInEachPlace() throws Exception {
        var release = new CountDownLatch(1);
        var two = Executors.newFixedThreadPool(2);
        var server = servers.start(
                builder -> builder.connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(1))));
        server.withExecutor(two).on("n", (socket, args) -> {
            notes.add("begin " + args.get(0, int.class));
            release.await(20, TimeUnit.SECONDS);
            notes.add("end " + args.get(0, int.class));
        });
        var guest = Guest.join(server, false);
        guest.send("42[\"n\",1]");
        assertThat(notes.next()).isEqualTo("begin 1");
        guest.goAway();
        try (var again = guest.comeBack()) {
            assertThat(again.id()).isEqualTo(guest.id());
            again.send("42[\"n\",2]");
            again.send("40/unknown,");
            again.expect("44/unknown,");
            two.submit(() -> notes.add("the other thread has done what it had to"))
                    .get(10, TimeUnit.SECONDS);
            release.countDown();
            assertThat(notes.next(4))
                    .containsExactly("the other thread has done what it had to", "end 1", "begin 2", "end 2");
        } finally {
            two.shutdownNow();
        }
    }

    @Test
    void anExecutorThatIsBusyLosesNothing() throws Exception {
        var busy = new AtomicBoolean(true);
        var rejected = new CountDownLatch(2);
        var server = servers.start(builder -> builder.handlerExecutor(task -> {
            if (busy.get()) {
                rejected.countDown();
                throw new RejectedExecutionException("busy");
            }
            pool.execute(task);
        }));
        server.onConnection(socket -> notes.add("connected"));
        server.on("n", (socket, args) -> notes.add("event " + args.get(0, int.class)));
        server.onDisconnect((socket, reason) -> notes.add("gone"));
        try (var client = WebSocketClient.open(server)) {
            client.send("40");
            client.expect("40{");
            for (int i = 0; i < 20; i++) {
                client.send("42[\"n\"," + i + "]");
            }
            assertThat(rejected.await(10, TimeUnit.SECONDS)).isTrue();
        }
        busy.set(false);
        assertThat(notes.next()).isEqualTo("connected");
        for (int i = 0; i < 20; i++) {
            assertThat(notes.next()).isEqualTo("event " + i);
        }
        assertThat(notes.next()).isEqualTo("gone");
    }

    /** An executor that has begun the first event's handler would be asked again for the next one. */
    @Test
    void theEventsOfOneReadAskForAThreadOnce() throws Exception {
        var server = servers.start();
        var asked = new AtomicInteger();
        server.of("/").handlerExecutor(task -> {
            asked.incrementAndGet();
            CompletableFuture.runAsync(task, pool).join();
        });
        server.on("n", (socket, args) -> notes.add("event " + args.get(0, int.class)));
        try (var client = PollingClient.join(server)) {
            asked.set(0);
            client.send("42[\"n\",0]", "42[\"n\",1]", "42[\"n\",2]", "42[\"n\",3]");
            for (int i = 0; i < 4; i++) {
                assertThat(notes.next()).isEqualTo("event " + i);
            }
            assertThat(asked).hasValue(1);
        }
    }

    private void note() {
        notes.add(Thread.currentThread().getName());
    }
}
