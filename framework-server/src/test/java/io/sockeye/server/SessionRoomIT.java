package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** There may be as many sessions as there is room for. */
@Timeout(60)
class SessionRoomIT {
    private static final String PATH = "/socket.io/?EIO=4&transport=polling";
    /** As many as there may be from one address with so little memory. */
    private static final int ROOM = 97;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final SocketServer server = servers.start(builder -> builder.memory(200_000, 10_000_000));

    private static String open(Wire wire) throws IOException {
        return PATH + "&sid=" + PollingClient.sidIn(wire.get(PATH).body());
    }

    private static String join(Wire wire) throws IOException {
        var session = open(wire);
        assertThat(wire.post(session, "40").status()).isEqualTo(200);
        assertThat(wire.get(session).body()).startsWith("40{");
        return session;
    }

    /** The one that was heard of the longest ago; or, if the test is slow, the one that has been in no namespace for 5 s. */
    @Test
    void oneGoesForANewOne() throws Exception {
        try (var wire = Wire.to(server)) {
            var joined = join(wire);
            var first = open(wire);
            var second = open(wire);
            for (int i = 3; i < ROOM; i++) {
                open(wire);
            }
            assertThat(wire.post(first, "40").status()).isEqualTo(200);
            join(wire);
            assertThat(wire.get(first).body()).startsWith("40{");
            assertThat(List.of(
                            wire.post(joined, "41").status(),
                            wire.post(second, "40").status()))
                    .containsExactlyInAnyOrder(200, 400);
        }
    }

    @Test
    void ifAllHaveJoinedTheOneGoesThatWasHeardOfTheLongestAgo() throws Exception {
        try (var wire = Wire.to(server)) {
            var first = join(wire);
            var second = join(wire);
            for (int i = 2; i < ROOM; i++) {
                join(wire);
            }
            assertThat(wire.post(first, "42[\"any\"]").status()).isEqualTo(200);
            try (var other = Wire.to(server)) {
                assertThat(other.get(PATH).status()).isEqualTo(200);
            }
            server.usage()
                    .get(); // Each loop has counted, and before that ended whom it had to: else the poll would be heard
            // of first.
            assertThat(wire.get(second).body()).contains("\"code\":1");
            assertThat(wire.post(first, "41").status()).isEqualTo(200);
        }
    }

    /** On each of two loops 256 may have no request: of 800 not all stay. A poll is a request. */
    @Test
    void connectionsThatSendNothingMakeRoomForThoseThatDo() throws Exception {
        var silent = new ArrayList<Wire>();
        try (var polling = Wire.to(server)) {
            var session = join(polling);
            polling.request("GET", session, "");
            for (int i = 0; i < 800; i++) {
                silent.add(Wire.to(server));
            }
            assertThat(silent.get(0).ends()).isTrue();
            try (var wire = Wire.to(server)) {
                assertThat(wire.post(session, "41").status()).isEqualTo(200);
            }
        }
        for (var wire : silent) {
            wire.close();
        }
    }

    /** One for each 2 KiB is 976; a quarter of them is 244. */
    @Test
    void thoseInNoNamespaceHaveAPartOfTheRoom() throws Exception {
        var large = servers.start(builder -> builder.memory(2_000_000, 10_000_000));
        try (var wire = Wire.to(large)) {
            var joined = join(wire);
            var first = open(wire);
            var second = open(wire);
            for (int i = 2; i < 244; i++) {
                open(wire);
            }
            open(wire);
            assertThat(wire.get(first).body()).contains("\"code\":1");
            assertThat(wire.post(second, "40").status()).isEqualTo(200);
            assertThat(wire.get(second).body()).startsWith("40{");
            assertThat(wire.post(joined, "41").status()).isEqualTo(200);
        }
    }
}
