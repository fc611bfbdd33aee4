package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.server.adapter.Adapter;
import io.sockeye.server.adapter.Cluster;
import io.sockeye.server.adapter.LocalServer;
import io.sockeye.server.adapter.LocalSockets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a server and its cluster tell each other. */
@Timeout(30)
class ClusterLifeIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();
    private final Bus bus = new Bus();
    private final Noting cluster = new Noting();

    @Test
    void itStartsBeforeTheFirstAdapterAndIsClosedAfterTheLast() throws Exception {
        var server = servers.build(builder -> builder.adapter(cluster));
        server.of("/a");
        assertThat(server.isClusterHealthy()).isTrue();
        cluster.healthy = false;
        assertThat(server.isClusterHealthy()).isFalse();
        server.close();
        assertThat(notes.next(3)).containsExactly("start", "adapter of /", "adapter of /a");
        assertThat(notes.next(2)).containsExactlyInAnyOrder("closed /", "closed /a");
        assertThat(notes.next()).isEqualTo("close");
        assertThat(servers.build(builder -> builder).isClusterHealthy()).isTrue();
    }

    @Test
    void whatItThrowsGoesToWhoBuildsTheServer() {
        cluster.node = "too long";
        assertThatThrownBy(() -> servers.build(builder -> builder.adapter(cluster)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too long");
        cluster.node = "here";
        cluster.fails = true;
        assertThatThrownBy(() -> servers.build(builder -> builder.adapter(cluster)))
                .hasMessage("no connection");
        assertThat(notes.isEmpty()).isTrue();
    }

    @Test
    void aQuestionEndsWhenAServerIsGoneThatHasNotAnswered() throws Exception {
        var server = servers.start(builder -> builder.adapter(cluster));
        cluster.others = List.of("here", "gone", "also");
        try (var client = WebSocketClient.join(server)) {
            var found = server.timeout(Duration.ofHours(1)).fetchSockets();
            var answers = server.timeout(Duration.ofHours(1)).request("who");
            client.expect("420[\"who\"]");
            client.send("430[]");
            Objects.requireNonNull(cluster.server).gone("gone");
            assertThat(found.isDone() || answers.isDone()).isFalse();
            Objects.requireNonNull(cluster.server).gone("also");
            assertThat(found.get(10, TimeUnit.SECONDS).sockets()).hasSize(1);
            assertThat(found.join().silentNames()).containsExactly("gone", "also");
            assertThat(answers.get(10, TimeUnit.SECONDS).values()).hasSize(1);
            assertThat(answers.join().silentServers()).isEqualTo(2);
        }
    }

    @Test
    void aJoinCompletesWhenTheClusterHearsTheRooms() throws Exception {
        var server = servers.start(builder -> builder.adapter(cluster));
        try (var client = WebSocketClient.open(server)) {
            var socket = server.socket(client.join("")).orElseThrow();
            var joined = socket.joinEverywhere("red", "red");
            assertThat(socket.rooms()).containsExactlyInAnyOrder("red", socket.id());
            assertThat(joined).isNotDone();
            cluster.heard.complete(null);
            joined.get(10, TimeUnit.SECONDS);
            var local = Objects.requireNonNull(cluster.sockets);
            assertThat(local.isSocket(socket.id())).isTrue();
            assertThat(local.isSocket("red")).isFalse();
        }
    }

    @Test
    void withoutAClusterAJoinCompletesAtOnce() throws Exception {
        var server = servers.start();
        try (var client = WebSocketClient.open(server)) {
            var socket = server.socket(client.join("")).orElseThrow();
            socket.joinEverywhere("red").get(10, TimeUnit.SECONDS);
        }
    }

    /** A cluster of one server that others are said to stand by. */
    private final class Noting implements Cluster {
        private final CompletableFuture<Void> heard = new CompletableFuture<>();
        private String node = "here";
        private boolean fails;
        private volatile boolean healthy = true;
        private volatile List<String> others = List.of("here");
        private @Nullable LocalServer server;
        private volatile @Nullable LocalSockets sockets;

        @Override
        public String node() {
            return node;
        }

        @Override
        public void start(LocalServer started) {
            if (fails) {
                throw new IllegalStateException("no connection");
            }
            server = started;
            notes.add("start");
        }

        @Override
        public Adapter create(LocalSockets local) {
            notes.add("adapter of " + local.namespace());
            sockets = local;
            return new BusAdapter(bus, node, local) {
                @Override
                public CompletableFuture<List<String>> servers() {
                    return CompletableFuture.completedFuture(others);
                }

                @Override
                public CompletionStage<?> hear(Set<String> rooms) {
                    return heard;
                }

                @Override
                public void close() {
                    notes.add("closed " + local.namespace());
                }
            };
        }

        @Override
        public boolean healthy() {
            return healthy;
        }

        @Override
        public void close() {
            notes.add("close");
        }
    }
}
