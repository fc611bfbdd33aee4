package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.failure;
import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.client.DisconnectReason;
import io.sockeye.client.Socket;
import io.sockeye.client.SocketClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Namespaces and who may enter them, with npm's socket.io. */
final class NodeNamespacesIT {
    private static NodeServer server;

    @BeforeAll
    static void start() throws Exception {
        server = NodeServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String auth(Socket socket) throws Exception {
        return get(socket.request("auth")).value(0).raw().utf8();
    }

    @ParameterizedTest
    @EnumSource
    void multiplexesNamespacesOverOneConnection(Way way) throws Exception {
        try (var server = NodeServer.start();
                var client = server.client(way).build()) {
            var chat = client.of("chat");
            var dynamic = client.of("/dyn-7");
            var heard = new LinkedBlockingQueue<String>();
            for (var socket : new Socket[] {client, chat, dynamic}) {
                socket.on("echo", args -> heard.add(socket.namespace()));
                connect(socket);
            }
            assertThat(server.run("clients").asInt()).isEqualTo(1);
            assertThat(client.id()).isPresent().isNotEqualTo(chat.id());
            chat.emit("echo");
            assertThat(take(heard)).isEqualTo("/chat");
            dynamic.emit("echo");
            assertThat(take(heard)).isEqualTo("/dyn-7");
            chat.disconnect();
            client.emit("echo");
            assertThat(take(heard)).isEqualTo("/");
            assertThat(client.of("/chat")).isSameAs(chat);
        }
    }

    @Test
    void takesTheNamespaceFromTheUrl() throws Exception {
        try (var client = SocketClient.builder(server.url() + "/chat?a=1").build()) {
            connect(client);
            assertThat(client.namespace()).isEqualTo("/chat");
            assertThat(get(client.request("query")).value(0).raw().utf8()).contains("\"a\":\"1\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhoItIs(Way way) throws Exception {
        try (var client = server.client(way).auth(Map.of("name", "é")).build()) {
            connect(client);
            assertThat(auth(client)).isEqualTo("{\"name\":\"é\"}");
            var chat = client.of("/chat").auth(() -> CompletableFuture.supplyAsync(() -> Map.of("name", "later")));
            connect(chat);
            assertThat(auth(chat)).isEqualTo("{\"name\":\"later\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhyItIsRefusedAndMayTryAgain(Way way) throws Exception {
        try (var client = server.client(way).build()) {
            var told = new LinkedBlockingQueue<ConnectFailedException>();
            var socket = client.of("/refusing").onConnectError(told::add);
            assertThat(failure(socket.connect())).isInstanceOfSatisfying(ConnectFailedException.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
                assertThat(refused).hasMessage("not authorized");
                assertThat(refused.data().orElseThrow().raw().utf8()).isEqualTo("{\"code\":4010,\"retry\":false}");
            });
            assertThat(take(told)).hasMessage("not authorized");
            assertThat(socket.active()).isFalse();
            socket.auth(Map.of("token", "s3cret"));
            connect(socket);
            assertThat(socket.connected()).isTrue();
        }
    }

    @Test
    void isRefusedByANamespaceThatDoesNotExistWhileOthersLiveOn() throws Exception {
        try (var client = server.client(Way.WEBSOCKET).build()) {
            connect(client);
            assertThat(failure(client.of("/unknown").connect())).hasMessage("Invalid namespace");
            assertThat(get(client.request("echo", int.class, 1))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsForANamespaceThatDoesNotAnswerWhileOthersLiveOn(Way way) throws Exception {
        try (var client =
                server.client(way).connectTimeout(Duration.ofSeconds(2)).build()) {
            connect(client);
            assertThat(failure(client.of("/silent").connect()))
                    .isInstanceOfSatisfying(
                            ConnectFailedException.class,
                            late -> assertThat(late.reason()).isEqualTo(Reason.TIMEOUT))
                    .hasMessage("no answer from namespace /silent within 2000 ms");
            assertThat(client.of("/silent").active()).isTrue();
            assertThat(get(client.request("echo", int.class, 1))).isEqualTo(1);
        }
    }

    @Test
    void failsWithTheReasonWhenItsAuthFails() throws Exception {
        try (var client = server.client(Way.WEBSOCKET).build()) {
            var broken = new IllegalStateException("no token today");
            for (var socket : new Socket[] {
                client.of("/a").auth(() -> {
                    throw broken;
                }),
                client.of("/b").auth(() -> CompletableFuture.failedFuture(broken))
            }) {
                assertThat(failure(socket.connect()))
                        .isInstanceOfSatisfying(
                                ConnectFailedException.class,
                                failed -> assertThat(failed.reason()).isEqualTo(Reason.AUTH))
                        .hasRootCause(broken);
            }
            assertThat(failure(client.of("/c").auth(() -> "no object").connect()))
                    .hasMessageContaining("must be an object");
        }
    }

    @Test
    void joinsOnceItsAuthSucceeds() throws Exception {
        var asked = new AtomicInteger();
        try (var client =
                server.client(Way.WEBSOCKET).reconnection(GoodServer.QUICK).build()) {
            var socket = client.of("/chat").auth(() -> {
                if (asked.incrementAndGet() < 3) {
                    throw new IllegalStateException("no token today");
                }
                return Map.of("token", "fresh");
            });
            assertThat(failure(socket.connect())).hasMessageContaining("no token today");
            get(socket.whenConnected());
            assertThat(asked).hasValue(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hearsThatTheServerHasDisconnectedTheSocket(Way way) throws Exception {
        try (var client = server.client(way).build()) {
            var ends = new LinkedBlockingQueue<DisconnectReason>();
            var connects = new AtomicInteger();
            client.onDisconnect(end -> ends.add(end.reason())).onConnect(connects::incrementAndGet);
            for (boolean closesAll : new boolean[] {false, true}) {
                connect(client);
                client.emit("disconnect_me", closesAll);
                assertThat(take(ends)).isEqualTo(DisconnectReason.IO_SERVER_DISCONNECT);
                assertThat(client.active()).isFalse();
                assertThat(client.id()).isEmpty();
            }
            assertThat(connects).hasValue(2);
        }
    }

    @Test
    void leavesANamespaceThatAnswersTooLate() throws Exception {
        try (var client = server.client(Way.WEBSOCKET).build()) {
            connect(client);
            var slow = client.of("/refusing").auth(Map.of("token", "s3cret", "wait", 200));
            var connecting = slow.connect();
            get(client.request("echo", 1)); // Now the server has the question.
            slow.disconnect();
            assertThat(failure(connecting)).hasMessage("disconnected before the connection stood");
            slow.auth(Map.of("token", "s3cret"));
            connect(slow);
            assertThat(get(slow.request("echo", int.class, 2))).isEqualTo(2);
            get(client.request("echo later", 500, 1)); // Now the server has let in all that it ever will.
            assertThat(server.run("sockets", "/refusing").asInt()).isEqualTo(1);
            assertThat(get(slow.request("echo", int.class, 3))).isEqualTo(3);
        }
    }
}
