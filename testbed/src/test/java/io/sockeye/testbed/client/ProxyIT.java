package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.SocketServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A proxy on the way passes polls on, and opens a tunnel for a WebSocket. */
@Timeout(60)
final class ProxyIT {
    private static SocketServer good;

    @BeforeAll
    static void start() {
        good = GoodServer.start();
    }

    @AfterAll
    static void stop() {
        good.close();
    }

    private static SocketClientBuilder through(HttpProxy proxy) {
        return SocketClient.builder("http://127.0.0.1:" + good.port())
                .proxy(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())));
    }

    private static void awaitTransport(SocketClient client, TransportKind expected) {
        until(() -> client.transport().equals(Optional.of(expected)));
    }

    private static Stream<String> tunnels(HttpProxy proxy) {
        return proxy.requestLines().stream().filter(line -> line.startsWith("CONNECT "));
    }

    @ParameterizedTest
    @EnumSource
    void passesAllTransports(Way way) throws Exception {
        try (var proxy = HttpProxy.start();
                var client = way.set(through(proxy)).build()) {
            connect(client);
            assertThat(get(client.request("echo", Integer.class, 1))).isEqualTo(1);
            awaitTransport(client, way == Way.POLLING ? TransportKind.POLLING : TransportKind.WEBSOCKET);
            assertThat(get(client.request("echo", Integer.class, 2))).isEqualTo(2);
            assertThat(tunnels(proxy)).hasSize(way == Way.POLLING ? 0 : 1);
        }
    }

    /** The polls before have left idle connections to the proxy. */
    @Test
    void opensATunnelWheneverAWebSocketIsWanted() throws Exception {
        try (var proxy = HttpProxy.start();
                var client = through(proxy).rememberUpgrade(true).build()) {
            for (int i = 1; i <= 3; i++) {
                connect(client);
                awaitTransport(client, TransportKind.WEBSOCKET);
                assertThat(tunnels(proxy)).hasSize(i);
                client.disconnect();
            }
            assertThat(proxy.requestLines()).noneMatch(line -> line.contains("transport=websocket"));
        }
    }
}
