package io.sockeye.client.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.protocol.TransportKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ConnectingTest {
    @Test
    void saysWhoTheUserIsOnceTheSessionIsOpen() throws Exception {
        var test = new ClientUnderTest(builder -> builder.auth(Map.of("token", "abc")));
        var connected = test.client.connect();
        assertThat(test.client.active()).isFalse();
        test.loop.run();
        assertThat(test.client.active()).isTrue();
        test.receive(ClientUnderTest.OPEN);
        assertThat(test.sent()).containsExactly("40{\"token\":\"abc\"}");
        assertThat(test.client.connected()).isFalse();

        test.receive("40{\"sid\":\"me\"}");
        connected.get(5, SECONDS);
        assertThat(test.client.connected()).isTrue();
        assertThat(test.client.id()).contains("me");
        assertThat(test.client.transport()).contains(TransportKind.WEBSOCKET);
        assertThat(test.heard()).containsExactly("connect");
    }

    @Test
    void joinsOtherNamespacesOverTheSameConnection() {
        var test = new ClientUnderTest().connect();
        var admin = test.client.of("admin").auth(Map.of("a", 1));
        admin.connect();
        assertThat(test.sent()).containsExactly("40/admin,{\"a\":1}");
        test.receive("40/admin,{\"sid\":\"other\"}");
        assertThat(admin.id()).contains("other");
        admin.emit("x");
        assertThat(test.sent()).containsExactly("42/admin,[\"x\"]");
        assertThat(test.client.of("/admin")).isSameAs(admin);
        assertThat(test.client.of("/")).isSameAs(test.client);
        assertThat(test.transports.opened).hasSize(1);
    }

    @Test
    void keepsEventsThatArriveTooEarlyUntilItIsConnected() {
        var test = new ClientUnderTest();
        test.client.connect();
        test.loop.run();
        test.receive(ClientUnderTest.OPEN, "42[\"early\",1]", "42[\"early\",2]");
        assertThat(test.heard()).isEmpty();
        test.receive("40{\"sid\":\"me\"}", "42[\"late\",3]");
        assertThat(test.heard()).containsExactly("connect", "early[1]", "early[2]", "late[3]");
    }

    @Test
    void tellsARefusalWithItsData() {
        var test = new ClientUnderTest();
        var connected = test.client.connect();
        test.loop.run();
        test.receive(ClientUnderTest.OPEN, "44{\"message\":\"not authorized\",\"data\":{\"code\":7}}");
        assertThatThrownBy(() -> connected.get(5, SECONDS))
                .cause()
                .isInstanceOfSatisfying(ConnectFailedException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
                    assertThat(failure.data().orElseThrow().raw().utf8()).isEqualTo("{\"code\":7}");
                });
        assertThat(test.heard()).containsExactly("connect_error REFUSED not authorized");
        assertThat(test.client.active()).isFalse();
        assertThat(test.wire().closed).isTrue();
        test.loop.pass(60_000);
        assertThat(test.transports.opened).hasSize(1);
    }

    @Test
    void keepsTheConnectionForOthersWhenOneNamespaceRefuses() {
        var test = new ClientUnderTest().connect();
        test.client.of("/admin").connect();
        test.loop.run();
        test.receive("44/admin,\"no\"");
        assertThat(test.wire().closed).isFalse();
        assertThat(test.client.connected()).isTrue();
    }

    @Test
    void recognisesAServerOfSocketIo2() {
        var test = new ClientUnderTest();
        test.client.connect();
        test.loop.run();
        test.receive(ClientUnderTest.OPEN, "40");
        assertThat(test.heard())
                .containsExactly(
                        "connect_error PROTOCOL_VERSION the server speaks the protocol of Socket.IO 2 or earlier");
    }

    @Test
    void failsAtFirstAndGoesOnTrying() {
        var test = new ClientUnderTest();
        var connected = test.client.connect();
        test.loop.run();
        test.wire().fail(TransportFailure.Kind.UNREACHABLE, "Connection refused");
        assertThat(test.heard())
                .containsExactly("connect_error UNREACHABLE cannot connect to http://localhost: Connection refused");
        assertThatThrownBy(() -> connected.get(5, SECONDS)).hasMessageContaining("Connection refused");
        assertThat(test.client.active()).isTrue();
        test.loop.pass(1_000);
        assertThat(test.transports.opened).hasSize(2);
        test.answer("40{\"sid\":\"me\"}");
        assertThat(test.heard()).containsExactly("connect");
    }

    @Test
    void triesTheNextTransportIfToldTo() {
        var test = new ClientUnderTest(builder -> builder.transports(TransportKind.POLLING, TransportKind.WEBSOCKET)
                .tryAllTransports(true));
        test.client.connect();
        test.loop.run();
        assertThat(test.wire().kind()).isEqualTo(TransportKind.POLLING);
        test.wire().fail(TransportFailure.Kind.HTTP_STATUS, "HTTP 400: Transport unknown");
        test.loop.run();
        assertThat(test.wire().kind()).isEqualTo(TransportKind.WEBSOCKET);
        test.answer("40{\"sid\":\"me\"}");
        assertThat(test.heard()).containsExactly("connect");
    }

    @Test
    void givesUpOnAServerThatDoesNotOpenTheSession() {
        var test = new ClientUnderTest();
        test.client.connect();
        test.loop.pass(19_999);
        assertThat(test.heard()).isEmpty();
        test.loop.pass(1);
        assertThat(test.heard())
                .containsExactly(
                        "connect_error TIMEOUT cannot connect to http://localhost: the server did not answer in time");
    }

    @Test
    void triesAgainWhenTheNamespaceDoesNotAnswer() {
        var test = new ClientUnderTest();
        test.client.connect();
        test.loop.run();
        test.receive(ClientUnderTest.OPEN);
        test.loop.pass(20_000);
        assertThat(test.heard()).containsExactly("connect_error TIMEOUT no answer from namespace / within 20000 ms");
        test.loop.pass(1_000);
        assertThat(test.transports.opened).hasSize(2);
        test.receive(ClientUnderTest.OPEN);
        test.loop.pass(20_000);
        assertThat(test.heard()).isEmpty(); // The server has twice the time now, if it needs it.
        test.loop.pass(19_999);
        test.receive("40{\"sid\":\"me\"}");
        assertThat(test.heard()).containsExactly("connect");
    }

    @Test
    void beginsWithWebSocketOnceItHasWorked() {
        var test = new ClientUnderTest(builder -> builder.transports(TransportKind.POLLING, TransportKind.WEBSOCKET)
                .rememberUpgrade(true));
        test.client.connect();
        test.loop.run();
        var polling = test.wire();
        polling.receive(ClientUnderTest.OPEN.replace("[]", "[\"websocket\"]"));
        test.loop.run();
        var webSocket = test.wire();
        assertThat(webSocket.kind()).isEqualTo(TransportKind.WEBSOCKET);
        assertThat(webSocket.take()).containsExactly("2probe");
        webSocket.receive("3probe");
        test.loop.run();
        assertThat(test.client.transport()).contains(TransportKind.WEBSOCKET);
        webSocket.breakDown();
        test.loop.pass(1_000);
        assertThat(test.wire()).isNotSameAs(webSocket);
        assertThat(test.wire().kind()).isEqualTo(TransportKind.WEBSOCKET);
        test.wire().breakDown();
        test.loop.pass(2_000);
        assertThat(test.wire().kind()).isEqualTo(TransportKind.POLLING);
    }

    @Test
    void givesTheUserAllTheTimeToSayWhoHeIs() {
        var password = new CompletableFuture<Map<String, String>>();
        var asked = new CountDownLatch(1);
        var test = new ClientUnderTest(builder -> builder.auth(() -> {
            asked.countDown();
            return password;
        }));
        test.client.connect();
        test.loop.run();
        test.receive(ClientUnderTest.OPEN);
        await(asked);
        test.loop.pass(24_000);
        password.complete(Map.of("password", "x"));
        test.loop.awaitTask();
        assertThat(test.sent()).containsExactly("40{\"password\":\"x\"}");
        assertThat(test.heard()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void takesNoAnswerThatIsForSomebodyElse() {
        var test = new ClientUnderTest().connect();
        var socket = test.client.of("/id").auth(Map.of("user", "alice"));
        socket.connect();
        assertThat(test.sent()).containsExactly("40/id,{\"user\":\"alice\"}");
        socket.disconnect();
        socket.auth(Map.of("user", "bob"));
        socket.connect();
        test.loop.run();
        assertThat(test.sent()).isEmpty();
        test.receive("42/id,[\"for alice\"]", "40/id,{\"sid\":\"alice's\"}");
        assertThat(socket.connected()).isFalse();
        assertThat(test.sent()).containsExactly("41/id,");
        test.loop.pass(200);
        assertThat(test.sent()).containsExactly("40/id,{\"user\":\"bob\"}");
        test.receive("40/id,{\"sid\":\"bob's\"}");
        assertThat(socket.id()).contains("bob's");
        assertThat(test.client.connected()).isTrue();
    }

    @Test
    void leavesNoTimerBehindWhenItIsClosed() {
        var test = new ClientUnderTest().connect();
        test.client.timeout(Duration.ofSeconds(9)).request("never answered");
        test.loop.run();
        assertThat(test.loop.timers()).isPositive();
        assertThat(test.heard()).containsExactly("connect");
        var closing = new Thread(test.client::close);
        closing.start();
        while (!test.transports.closed) {
            test.loop.run();
        }
        assertThat(test.loop.timers()).isZero();
        assertThat(test.heard()).containsExactly("disconnect io client disconnect");
        assertThat(test.sent()).containsExactly("420[\"never answered\"]", "41");
        assertThatThrownBy(() -> test.client.emit("too late")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> test.client.request("too late")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> test.client.of("/new").request("too late")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> test.client.of("/new").emit("too late")).isInstanceOf(IllegalStateException.class);
    }
}
