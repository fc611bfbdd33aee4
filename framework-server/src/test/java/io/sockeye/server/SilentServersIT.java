package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.SocketDetails;
import io.sockeye.server.adapter.Target;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers of a cluster that do not answer: whoever asks has what the others say, in time, and knows that it is not all. */
@Timeout(30)
class SilentServersIT {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(20);

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private final Bus bus = new Bus();
    private final SocketServer here = start("here");
    private final SocketServer there = start("there");

    private SocketServer start(String name) {
        return servers.start(builder -> builder.adapter(bus.member(name)));
    }

    @AfterEach
    void closeBus() {
        bus.close();
    }

    @Test
    void lesson18_fetchedSocketsAreAllOrSayThatAServerIsSilent() throws Exception {
        try (var near = WebSocketClient.open(here);
                var far = WebSocketClient.open(there)) {
            String id = near.join("");
            String farId = far.join("");
            var all = here.timeout(LONG).fetchSockets().get(10, TimeUnit.SECONDS);
            assertThat(all).extracting(RemoteSocket::id).containsExactlyInAnyOrder(id, farId);
            assertThat(all.silentServers()).isZero();
            assertThat(all.complete()).isTrue();
            bus.deafen("there");
            var some = here.timeout(SHORT).fetchSockets().get(10, TimeUnit.SECONDS);
            assertThat(some)
                    .singleElement()
                    .satisfies(socket -> assertThat(socket.id()).isEqualTo(id));
            assertThat(some.silentServers()).isEqualTo(1);
            assertThat(some.complete()).isFalse();
            var local = here.local().timeout(LONG).fetchSockets().get(10, TimeUnit.SECONDS);
            assertThat(local.complete()).isTrue();
        }
    }

    @Test
    void whoNamesNoTimeWaitsForFiveSeconds() throws Exception {
        bus.deafen("there");
        long begin = System.nanoTime();
        var found = here.fetchSockets();
        var answers = here.request("who");
        assertThat(found.get(15, TimeUnit.SECONDS).silentServers()).isEqualTo(1);
        assertThat(answers.get(15, TimeUnit.SECONDS).silentServers()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(4));
    }

    @Test
    void anAdapterThatSaysNothingAtAllHoldsNobodyUp() throws Exception {
        var cut = servers.start(builder -> builder.adapter(sockets -> new BusAdapter(bus, "cut", sockets) {
            @Override
            public CompletableFuture<List<String>> servers() {
                return new CompletableFuture<>();
            }

            @Override
            public void fetch(Target target, Flags flags, BiConsumer<String, List<SocketDetails>> found) {
                notes.add("asked for " + flags.timeout());
            }
        }));
        var found = cut.timeout(SHORT).fetchSockets().get(10, TimeUnit.SECONDS);
        assertThat(found.sockets()).isEmpty();
        assertThat(found.complete()).isFalse();
        assertThat(notes.next()).isEqualTo("asked for PT0.4S");
        assertThat(cut.serverSideRequest(SHORT, "load")
                        .get(10, TimeUnit.SECONDS)
                        .complete())
                .isFalse();
    }

    @Test
    void whoeverWaitsForOtherServersWaitsNoLongerThanTheServerLives() throws Exception {
        bus.deafen("there");
        var limited = here.timeout(Duration.ofHours(1)).request("who");
        var unlimited = here.request("who");
        var asked = here.serverSideRequest(Duration.ofHours(1), "load");
        var found = here.timeout(Duration.ofHours(1)).fetchSockets();
        here.stop(Duration.ofSeconds(5));
        for (var answers : List.of(limited, unlimited, asked)) {
            assertThat(answers.get(10, TimeUnit.SECONDS).silentServers()).isEqualTo(1);
        }
        assertThat(found.get(10, TimeUnit.SECONDS).silentServers()).isEqualTo(1);
        var after = here.timeout(Duration.ofHours(1)).request("who");
        assertThat(after.get(10, TimeUnit.SECONDS).values()).isEmpty();
    }

    @Test
    void answersAreNotCompleteWhenTheServersCannotBeCounted() throws Exception {
        var lost = servers.start(builder -> builder.onError((error, where) -> notes.add(where))
                .adapter(sockets -> new BusAdapter(bus, "lost", sockets) {
                    @Override
                    public CompletableFuture<List<String>> servers() {
                        return CompletableFuture.failedFuture(new IllegalStateException("no connection"));
                    }
                }));
        try (var client = WebSocketClient.join(lost)) {
            var answers = lost.local().except("nobody").timeout(LONG).request("who");
            client.expect("420[\"who\"]");
            client.send("430[]");
            assertThat(answers.get(10, TimeUnit.SECONDS).complete()).isTrue();
            var all = lost.timeout(SHORT).request("who");
            client.expect("421[\"who\"]");
            client.send("431[]");
            assertThat(all.get(10, TimeUnit.SECONDS).values()).hasSize(1);
            assertThat(all.join().complete()).isFalse();
            assertThat(notes.next()).isEqualTo("servers of namespace /");
            var found = lost.timeout(SHORT).fetchSockets().get(10, TimeUnit.SECONDS);
            assertThat(found.sockets()).hasSize(1);
            assertThat(found.complete()).isFalse();
        }
    }
}
