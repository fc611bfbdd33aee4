package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Several clients that poll share one connection, and none of them waits for an answer before the next one asks. */
final class PipelinedEchoes {
    private PipelinedEchoes() {}

    /** Each sends an event of so many letters and polls; all hear the acknowledgement, by that poll or the next. */
    static void exchange(Wire wire, List<PollingClient> clients, int letters) throws IOException {
        for (var client : clients) {
            wire.request("POST", client.target(), "421[\"echo\",\"" + "x".repeat(letters) + "\"]");
            wire.request("GET", client.target(), "");
        }
        var late = new ArrayList<PollingClient>();
        for (var client : clients) {
            assertThat(wire.reply().body()).isEqualTo("ok");
            var packets = List.of(wire.reply().body().split("\u001e", -1));
            String last = packets.get(packets.size() - 1);
            if (last.equals("6")) { // The poll made way for the next request.
                late.add(client);
            } else {
                assertEcho(last, letters);
            }
        }
        for (var client : late) {
            wire.request("GET", client.target(), "");
            assertEcho(wire.reply().body(), letters);
        }
    }

    private static void assertEcho(String packet, int letters) {
        assertThat(packet).startsWith("431[\"xxx").hasSize(letters + 7);
    }
}
