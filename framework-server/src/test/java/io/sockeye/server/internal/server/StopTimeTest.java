package io.sockeye.server.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.HandServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopTimeTest {
    /** A handler makes 5 MB of it, after which others have their turn. */
    private static final String LONG_LIST = "[" + "0,".repeat(49_999) + "0]";

    @Test
    void doesNotWaitForWhatIsPausedOnALoopThatHasEnded() {
        var server = new HandServer(1, builder -> builder);
        server.namespace("/").handlersOnEventLoop().on("a", (socket, args) -> {});
        var client = server.join();
        client.send("42[\"a\"," + LONG_LIST + "]");
        var gate = server.core.context().memory().gate();
        assertThat(gate.nonePaused()).isNotDone();
        server.loops.get(0).end();
        new StopTime(server.core, null, Duration.ZERO).awaitPaused(false);
        assertThat(gate.nonePaused()).isCompleted();
    }
}
