package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What of a client is not whole: how much of it is taken, and counted. */
@Timeout(60)
class UnfinishedInputIT {
    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @Test
    void aPostWhoseRestIsMalformedIsRefusedAlsoIfItsBeginningWaited() throws Exception {
        var server = servers.start(builder -> builder.mailboxLimit(1));
        var release = new CountDownLatch(1);
        server.on("slow", (socket, args) -> {
            notes.add("called");
            release.await(40, TimeUnit.SECONDS);
        });
        server.onDisconnect((socket, reason) -> notes.add(reason.text()));
        try (var client = PollingClient.join(server)) {
            client.up().request("POST", client.target(), "42[\"slow\"]\u001e42[\"slow\"]\u001e?");
            assertThat(notes.next()).isEqualTo("called");
            release.countDown();
            assertThat(client.up().reply().status()).isEqualTo(400);
            assertThat(notes.next()).isEqualTo("called");
            assertThat(notes.next()).isEqualTo("parse error");
        } finally {
            release.countDown();
        }
    }
}
