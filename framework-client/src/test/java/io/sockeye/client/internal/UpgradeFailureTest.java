package io.sockeye.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectionListener;
import io.sockeye.client.internal.transport.TransportFailure;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpgradeFailureTest {
    private static final String OPEN = ClientUnderTest.OPEN.replace("[]", "[\"websocket\"]");

    private final List<String> failures = new ArrayList<>();
    private final ClientUnderTest test =
            new ClientUnderTest(builder -> builder.transports(TransportKind.POLLING, TransportKind.WEBSOCKET));

    private void connect() {
        test.client.onConnection(new ConnectionListener() {
            @Override
            public void upgradeFailed(TransportKind transport, ConnectFailedException failure) {
                failures.add(transport + " " + failure.reason() + " " + failure.getMessage());
            }
        });
        test.client.connect();
        test.loop.run();
        test.receive(OPEN);
    }

    @Test
    void tellsWhyAnUpgradeFailed() {
        connect();
        test.wire().fail(TransportFailure.Kind.HTTP_STATUS, "HTTP 403");
        test.loop.run();
        assertThat(failures).containsExactly("WEBSOCKET HTTP_STATUS HTTP 403");

        test.transports.opened.get(0).breakDown();
        test.loop.pass(1_000);
        test.receive(OPEN);
        test.loop.pass(10_000);
        assertThat(failures).hasSize(2).last().isEqualTo("WEBSOCKET TIMEOUT no answer within 10000 ms");

        test.transports.opened.get(2).breakDown();
        test.loop.pass(1_000);
        test.receive(OPEN);
        test.receive("nonsense");
        assertThat(failures).hasSize(3).last().asString().startsWith("WEBSOCKET PROTOCOL ");
        test.client.disconnect();
        test.loop.run();
        assertThat(failures).hasSize(3);
    }

    @Test
    void triesNoTransportThatTheUserDoesNotWantOrTheServerDoesNotOffer() {
        var picky = new ClientUnderTest(builder -> builder.transports(TransportKind.POLLING));
        picky.client.connect();
        picky.loop.run();
        picky.receive(ClientUnderTest.OPEN.replace("[]", "[\"websocket\",\"polling\"]"));
        assertThat(picky.transports.opened).hasSize(1);
        test.client.connect();
        test.loop.run();
        test.receive(ClientUnderTest.OPEN);
        assertThat(test.transports.opened).hasSize(1);
    }

    @Test
    void tellsWhatCameInsteadOfTheAnswerToAProbe() {
        connect();
        test.receive("6");
        assertThat(failures).containsExactly("WEBSOCKET PROTOCOL unexpected on a probe: NOOP");
        test.transports.opened.get(0).receive("40{\"sid\":\"me\"}");
        test.loop.run();
        assertThat(test.client.connected()).isTrue();
    }
}
