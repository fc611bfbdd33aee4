package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.take;
import static io.sockeye.testbed.client.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.client.DisconnectReason;
import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.protocol.TransportKind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our client and netty-socketio, as far as that server goes. */
final class NettySocketioIT {
    private static SocketIOServer server;

    /** Of connections, by polling. */
    private final BlockingQueue<Boolean> losses = new LinkedBlockingQueue<>();

    /** As the server's users write them. */
    public static final class Message {
        public String text = "";
        public int number;
    }

    @BeforeAll
    static void start() throws Exception {
        var configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            configuration.setPort(free.getLocalPort());
        }
        server = new SocketIOServer(configuration);
        for (var namespace : List.of(server.addNamespace(""), server.addNamespace("/chat"))) {
            namespace.addEventListener("echo", Message.class, (client, message, ack) -> {
                if (ack.isAckRequested()) {
                    ack.sendAckData(message);
                } else {
                    client.sendEvent("echo", message);
                }
            });
            namespace.addEventListener("bytes", byte[].class, (client, bytes, ack) -> ack.sendAckData(bytes.length));
            namespace.addEventListener("leave me", String.class, (client, nothing, ack) -> client.disconnect());
        }
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static SocketClientBuilder client(Way way) {
        return way.set(SocketClient.builder(
                        "http://127.0.0.1:" + server.getConfiguration().getPort()))
                .reconnection(GoodServer.QUICK);
    }

    /** That server loses or mixes up what is sent while it upgrades. */
    private static void join(SocketClient client, Way way) throws Exception {
        connect(client);
        if (way == Way.UPGRADE) {
            until(() -> client.transport().equals(Optional.of(TransportKind.WEBSOCKET)));
        }
    }

    /**
     * That server closes each connection behind the answer that it has promised to keep it after. A request that is just
     * about to leave may still take one, which says nothing of what is tested: then, and only then, it is tried again.
     */
    private void insist(Way way, Attempt test) throws Exception {
        int more = way == Way.WEBSOCKET ? 0 : 3;
        while (true) {
            losses.clear();
            try {
                test.run();
                return;
            } catch (Exception | AssertionError e) {
                if (more-- == 0 || losses.poll(1, TimeUnit.SECONDS) == null) {
                    throw e;
                }
            }
        }
    }

    private SocketClient watched(Way way) {
        var client = client(way).build();
        client.onConnectError(failure -> noteIf(failure.reason() == Reason.CONNECTION_LOST));
        client.onDisconnect(end -> noteIf(end.reason() == DisconnectReason.TRANSPORT_ERROR));
        return client;
    }

    private void noteIf(boolean lost) {
        if (lost) {
            losses.add(lost);
        }
    }

    /** One of several. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws Exception;
    }

    private static Message message(String text, int number) {
        var message = new Message();
        message.text = text;
        message.number = number;
        return message;
    }

    @ParameterizedTest
    @EnumSource
    void emitsAndAsks(Way way) throws Exception {
        insist(way, () -> emitAndAsk(way));
    }

    private void emitAndAsk(Way way) throws Exception {
        try (var client = watched(way)) {
            var heard = new LinkedBlockingQueue<String>();
            client.on("echo", Message.class, message -> heard.add(message.text + message.number));
            join(client, way);
            int count = way == Way.POLLING ? 1 : 50; // That server mixes up events that share a body.
            for (int i = 0; i < count; i++) {
                client.emit("echo", message("é€😀", i));
            }
            for (int i = 0; i < count; i++) {
                assertThat(take(heard)).isEqualTo("é€😀" + i);
            }
            assertThat(get(client.request("echo", Message.class, message("a", 7))).number)
                    .isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "WEBSOCKET") // By polling that server does not put them together.
    void sendsBinaryValues(Way way) throws Exception {
        try (var client = client(way).build()) {
            join(client, way);
            assertThat(get(client.request("bytes", int.class, new byte[] {1, 2, 3})))
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void joinsNamespacesAndIsDisconnected(Way way) throws Exception {
        insist(way, () -> joinNamespacesAndBeDisconnected(way));
    }

    private void joinNamespacesAndBeDisconnected(Way way) throws Exception {
        try (var client = watched(way)) {
            var chat = client.of("/chat");
            var ends = new LinkedBlockingQueue<DisconnectReason>();
            chat.onDisconnect(end -> ends.add(end.reason()));
            join(client, way);
            get(chat.connect());
            assertThat(get(chat.request("echo", Message.class, message("c", 1))).text)
                    .isEqualTo("c");
            chat.emit("leave me", "");
            assertThat(take(ends)).isEqualTo(DisconnectReason.IO_SERVER_DISCONNECT);
            until(() -> !chat.active());
        }
    }
}
