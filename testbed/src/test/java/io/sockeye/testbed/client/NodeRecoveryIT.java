package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.take;
import static io.sockeye.testbed.client.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.Reconnection;
import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.protocol.TransportKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connection state recovery with npm's socket.io. */
final class NodeRecoveryIT {
    private static final Duration AWAY = Duration.ofMillis(300);

    private NodeServer server;
    private TcpProxy proxy;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws Exception {
        server = NodeServer.start(Map.of("connectionStateRecovery", Map.of("maxDisconnectionDuration", 60_000)));
        proxy = TcpProxy.to(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        server.close();
    }

    private SocketClient client(Way way) {
        return listening(way.set(SocketClient.builder(proxy.url())));
    }

    private SocketClient listening(SocketClientBuilder builder) {
        var client = builder.reconnection(Reconnection.DEFAULT.delay(AWAY, AWAY).randomization(0))
                .build();
        client.onConnect(() -> heard.add("connect " + client.recovered()));
        client.onDisconnect(end -> heard.add("gone"));
        client.on("tick", args -> heard.add("tick " + args.get(0, String.class)));
        return client;
    }

    /** A reset that meets no poll ends nothing, nor does one that meets an upgrade: no poll is open for a moment then. */
    private void breakConnection(Way way, SocketClient client) throws Exception {
        if (way == Way.POLLING) {
            server.run("close");
        } else {
            until(() -> client.transport().equals(Optional.of(TransportKind.WEBSOCKET)));
            get(client.request("echo", 1)); // Now the server knows of the upgrade too.
            proxy.cut();
        }
    }

    private List<String> next(int count) throws InterruptedException {
        var lines = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            lines.add(take(heard));
        }
        return lines;
    }

    private List<String> nextUntil(String last) throws InterruptedException {
        var lines = next(1);
        while (!lines.get(lines.size() - 1).equals(last)) {
            lines.addAll(next(1));
        }
        return lines;
    }

    @ParameterizedTest
    @EnumSource
    void getsWhatItMissedAndStaysWhoItWas(Way way) throws Exception {
        try (var client = client(way)) {
            connect(client);
            get(client.request("join", "room"));
            server.run("emit", "tick", "a");
            assertThat(next(2)).containsExactly("connect false", "tick a");
            var id = client.id();
            breakConnection(way, client);
            assertThat(take(heard)).isEqualTo("gone");
            server.run("emit", "tick", "b", Map.of("with", "more"));
            client.emit("to room", "room", "tick", "d");
            server.run("emit", "tick", "c");
            assertThat(next(4)).containsExactly("connect true", "tick b", "tick c", "tick d");
            assertThat(client.id()).isEqualTo(id);
            assertThat(get(client.request("rooms")).value(0).raw().utf8()).isEqualTo("[\"room\"]");
            server.run("emit", "tick", "e");
            assertThat(take(heard)).isEqualTo("tick e");
        }
    }

    /** Unless it is told, the server believes that the client is still there, and keeps what it misses for somebody else. */
    @Test
    void tellsTheServerThatAPollHasFailed() throws Exception {
        try (var front = HttpProxy.start();
                var client = listening(SocketClient.builder("http://127.0.0.1:" + server.port())
                        .transports(TransportKind.POLLING)
                        .proxy(ProxySelector.of(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), front.port()))))) {
            connect(client);
            server.run("emit", "tick", "a");
            assertThat(next(2)).containsExactly("connect false", "tick a");
            front.failNextPoll();
            server.run("emit", "tick", "b");
            var lines = nextUntil("gone"); // With "tick b", unless the poll that fails is the one that was to bring it.
            server.run("emit", "tick", "c");
            lines.addAll(nextUntil("tick c"));
            assertThat(lines).containsExactlyInAnyOrder("tick b", "gone", "connect true", "tick c");
            assertThat(server.run("sockets", "/").asInt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotTakeAWordOfTheApplicationForAnOffset(Way way) throws Exception {
        try (var client = client(way)) {
            client.on("question", args -> args.ack("answer"));
            connect(client);
            server.run("emit", "tick", "a");
            client.emit("ask", "a word"); // Events with an acknowledgement carry no offset.
            get(client.request("echo", 1));
            assertThat(next(2)).containsExactly("connect false", "tick a");
            breakConnection(way, client);
            assertThat(take(heard)).isEqualTo("gone");
            server.run("emit", "tick", "b");
            assertThat(next(2)).containsExactly("connect true", "tick b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void isSomebodyNewForAServerThatWasRestarted(Way way) throws Exception {
        try (var client = client(way)) {
            connect(client);
            server.run("emit", "tick", "a");
            assertThat(next(2)).containsExactly("connect false", "tick a");
            var id = client.id();
            server.kill();
            server.restart();
            assertThat(next(2)).containsExactly("gone", "connect false");
            assertThat(client.id()).isPresent().isNotEqualTo(id);
            server.run("emit", "tick", "b");
            assertThat(take(heard)).isEqualTo("tick b");
        }
    }
}
