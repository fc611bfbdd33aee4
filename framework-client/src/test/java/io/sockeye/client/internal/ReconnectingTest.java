package io.sockeye.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectionListener;
import io.sockeye.client.Disconnection;
import io.sockeye.client.Reconnection;
import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconnectingTest {
    private final List<String> told = new ArrayList<>();

    /** Writes down what the client tells about its connection. */
    private ClientUnderTest listenedTo(ClientUnderTest test) {
        test.client.onConnection(new ConnectionListener() {
            @Override
            public void opened(TransportKind transport) {
                told.add("opened");
            }

            @Override
            public void closed(Disconnection end) {
                told.add("closed: " + end.reason());
            }

            @Override
            public void reconnectAttempt(int attempt) {
                told.add("attempt " + attempt);
            }

            @Override
            public void reconnected(int attempt) {
                told.add("reconnected " + attempt);
            }

            @Override
            public void reconnectError(int attempt, ConnectFailedException failure) {
                told.add("error " + attempt + ": " + failure.reason());
            }

            @Override
            public void reconnectFailed() {
                told.add("failed");
            }
        });
        return test;
    }

    @Test
    void comesBackWithNumberedAttempts() {
        var test = listenedTo(new ClientUnderTest()).connect();
        test.wire().breakDown();
        test.loop.pass(1_000);
        test.wire().fail(TransportFailure.Kind.UNREACHABLE, "Connection refused");
        test.loop.pass(2_000);
        test.answer("40{\"sid\":\"again\"}");
        assertThat(told)
                .containsExactly(
                        "opened",
                        "closed: TRANSPORT_ERROR",
                        "attempt 1",
                        "error 1: UNREACHABLE",
                        "attempt 2",
                        "opened",
                        "reconnected 2");
        assertThat(test.heard())
                .containsExactly(
                        "connect",
                        "disconnect transport error: Connection reset",
                        "connect_error UNREACHABLE cannot connect to http://localhost: Connection refused",
                        "connect");
        assertThat(test.client.id()).contains("again");
    }

    @Test
    void saysWhatToDoAboutServersThatDoNotKnowEachOthersSessions() {
        var test = new ClientUnderTest(builder -> builder.transports(TransportKind.POLLING));
        test.client.connect();
        test.loop.run();
        for (long delay : new long[] {1_000, 1_000, 1_000}) {
            test.receive(ClientUnderTest.OPEN);
            test.wire().fail(TransportFailure.Kind.HTTP_STATUS, "HTTP 400: Session ID unknown");
            test.loop.pass(delay);
        }
        var heard = test.heard();
        assertThat(heard.get(0)).isEqualTo("connect_error HTTP_STATUS HTTP 400: Session ID unknown");
        assertThat(heard.get(1))
                .isEqualTo(
                        "connect_error HTTP_STATUS HTTP 400: Session ID unknown, 2 times in a row: probably there are"
                                + " several servers behind the URL without sticky sessions, so that requests reach one"
                                + " that did not open the session; set up sticky sessions, or use WebSocket alone");
        assertThat(heard.get(2)).contains("3 times in a row");
    }

    @Test
    void forgivesAServerThatRestarts() {
        var test = new ClientUnderTest();
        test.connect();
        for (int i = 0; i < 3; i++) {
            for (int ping = 0; ping < 3; ping++) {
                test.loop.pass(25_000);
                test.receive("2");
            }
            test.wire().fail(TransportFailure.Kind.HTTP_STATUS, "HTTP 400: Session ID unknown");
            test.loop.pass(1_000);
            test.answer("40{\"sid\":\"me\"}");
        }
        assertThat(test.heard()).noneMatch(text -> text.contains("sticky"));
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToTheLimit() {
        var test = new ClientUnderTest().connect();
        test.wire().breakDown();
        for (long delay : new long[] {1_000, 2_000, 4_000, 5_000, 5_000}) {
            int before = test.transports.opened.size();
            test.loop.pass(delay - 1);
            assertThat(test.transports.opened).hasSize(before);
            test.loop.pass(1);
            assertThat(test.transports.opened).hasSize(before + 1);
            test.wire().breakDown();
        }
    }

    @Test
    void startsOverWithTheDelaysAfterASuccess() {
        var test = new ClientUnderTest().connect();
        test.wire().breakDown();
        test.loop.pass(1_000);
        test.wire().breakDown();
        test.loop.pass(2_000);
        test.answer("40{\"sid\":\"me\"}");
        test.wire().breakDown();
        test.loop.pass(999);
        assertThat(test.transports.opened).hasSize(3);
        test.loop.pass(1);
        assertThat(test.transports.opened).hasSize(4);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        var test = listenedTo(new ClientUnderTest(builder ->
                        builder.reconnection(Reconnection.DEFAULT.attempts(2).randomization(0))))
                .connect();
        test.wire().breakDown();
        test.loop.pass(1_000);
        test.wire().breakDown();
        test.loop.pass(2_000);
        assertThat(test.client.active()).isTrue();
        test.wire().breakDown();
        test.loop.run();
        assertThat(told).endsWith("attempt 2", "error 2: CONNECTION_LOST", "failed");
        assertThat(test.client.active()).isFalse();
        test.loop.pass(600_000);
        assertThat(test.transports.opened).hasSize(3);
        test.connect();
        assertThat(test.client.connected()).isTrue();
    }

    @Test
    void staysAwayIfToldTo() {
        var test = listenedTo(new ClientUnderTest(builder -> builder.reconnection(Reconnection.NONE)))
                .connect();
        test.wire().breakDown();
        test.loop.pass(600_000);
        assertThat(told).containsExactly("opened", "closed: TRANSPORT_ERROR");
        assertThat(test.client.active()).isFalse();
    }

    @Test
    void staysAwayWhenTheServerDisconnectsIt() {
        var test = listenedTo(new ClientUnderTest()).connect();
        test.receive("41");
        assertThat(test.heard()).containsExactly("connect", "disconnect io server disconnect");
        assertThat(test.wire().closed).isTrue();
        test.loop.pass(600_000);
        assertThat(test.transports.opened).hasSize(1);
        test.connect();
        assertThat(test.heard()).containsExactly("connect");
    }

    @Test
    void staysAwayWhenTheUserDisconnectsIt() {
        var test = new ClientUnderTest().connect();
        test.client.emit("last");
        test.client.disconnect();
        assertThat(test.sent()).containsExactly("42[\"last\"]", "41");
        assertThat(test.heard()).containsExactly("connect", "disconnect io client disconnect");
        test.loop.pass(600_000);
        assertThat(test.transports.opened).hasSize(1);
        assertThat(test.client.active()).isFalse();
    }

    @Test
    void stopsTryingWhenTheUserDisconnectsIt() {
        var test = new ClientUnderTest().connect();
        test.wire().breakDown();
        test.loop.run();
        test.client.disconnect();
        test.loop.pass(600_000);
        assertThat(test.transports.opened).hasSize(1);
        assertThat(test.loop.timers()).isZero();
    }

    @Test
    void noticesASilentServer() {
        var test = new ClientUnderTest().connect();
        test.loop.pass(44_000);
        test.receive("2");
        assertThat(test.sent()).containsExactly("3");
        test.loop.pass(44_999);
        assertThat(test.client.connected()).isTrue();
        test.loop.pass(1);
        assertThat(test.heard()).containsExactly("connect", "disconnect ping timeout");
    }

    /** While it sleeps, the clock of its timers stands still. */
    @Test
    void sendsNothingOverAConnectionThatHasDiedWhileTheMachineSlept() {
        var test = new ClientUnderTest().connect();
        test.loop.sleep(46_000);
        test.client.emit("good morning");
        assertThat(test.sent()).isEmpty();
        assertThat(test.heard()).containsExactly("connect", "disconnect ping timeout");
        test.loop.pass(1_000);
        test.receive(ClientUnderTest.OPEN, "40{\"sid\":\"again\"}");
        assertThat(test.sent()).containsExactly("40", "42[\"good morning\"]");
    }

    @Test
    void goesOnIfTheServerWasHeardOfAfterTheSleep() {
        var test = new ClientUnderTest().connect();
        test.loop.sleep(46_000);
        test.receive("2");
        test.client.emit("good morning");
        assertThat(test.sent()).containsExactly("3", "42[\"good morning\"]");
    }

    @Test
    void saysWhatBrokeTheProtocol() {
        var test = new ClientUnderTest().connect();
        test.receive("42{\"not\":\"an array\"}");
        assertThat(test.heard()).hasSize(2).last().asString().startsWith("disconnect parse error: ");
        test.loop.pass(1_000);
        assertThat(test.transports.opened).hasSize(2);
    }
}
