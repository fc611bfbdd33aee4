package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.protocol.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a connection keeps of what its client has sent: how much it is, and for how long. */
class KeptInputTest {
    private static final String SET = "452-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";
    /** What the objects of a socket count, and its auth, {}. */
    private static final int SOCKET = 1_026;

    private final HandServer server = new HandServer(1, builder -> builder);

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            server.pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void attachmentsThatDoNotFollowEndTheConnection() {
        var client = server.join();
        client.send(SET);
        pass(24);
        assertThat(client.isOpen()).isTrue();
        pass(2);
        assertThat(client.isOpen()).isFalse();
        assertThat(client.transport().closed).isTrue();
    }

    @Test
    void attachmentsThatStopEndTheConnectionHoweverMuchHasCome() {
        var client = server.join();
        client.send(SET);
        pass(10);
        client.send(900_000);
        assertThat(server.in()).isGreaterThan(900_000);
        pass(24);
        assertThat(client.isOpen()).isTrue();
        client.send("3");
        pass(7);
        assertThat(client.isOpen()).isFalse();
        server.runHandlers();
        assertThat(server.in()).isZero();
    }

    @Test
    void attachmentsThatComeHaveTheWholeTime() {
        var client = server.join();
        client.send(SET);
        client.session().receiving(client.transport(), 10_000);
        pass(24);
        client.send("3");
        pass(20);
        assertThat(client.isOpen()).isTrue();
        pass(1);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void nobodyIsLateWhoIsNotRead() {
        var client = server.join();
        client.send(SET);
        client.session().reading(false, client.loop().nowMillis());
        pass(100);
        client.session().reading(true, client.loop().nowMillis());
        assertThat(client.isOpen()).isTrue();
        client.send(1);
        pass(10);
        client.send(1);
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void theNextSetHasItsOwnTime() {
        var client = server.join();
        for (int i = 0; i < 3; i++) {
            client.send(SET);
            pass(14);
            client.send(1);
            client.send(1);
            client.send("3");
        }
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void aLongRequestIsChargedAsLongAsASocketHasIt() {
        var client = server.open("Cookie", "x".repeat(10_000));
        int head = 37 + 48 + 6 + 48 + 10_000 - 2_048;
        assertThat(server.in()).isEqualTo(head);
        client.send("40");
        assertThat(server.in()).isEqualTo(head + SOCKET);
        client.session().abort(CloseReason.TRANSPORT_CLOSE);
        assertThat(server.in()).isEqualTo(head + SOCKET); // Until its handlers are through.
        server.runHandlers();
        assertThat(server.in()).isZero();
    }

    @Test
    void aLongRequestWithoutASocketGoesWithItsConnection() {
        var client = server.open("Cookie", "x".repeat(10_000));
        assertThat(client.connection().holdings().inBytes()).isGreaterThan(8_000);
        client.session().abort(CloseReason.TRANSPORT_CLOSE);
        assertThat(server.in()).isZero();
    }
}
