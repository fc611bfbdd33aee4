package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.engine.MemoryHost;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerContextTest {
    private final ServerContext context =
            new ServerContext(SocketServer.builder().settings, HandlerExecutor.of(Runnable::run, Runnable::run));

    /** What was read in the log of a cluster before has its age by the same clock, whatever the clock of the host. */
    @Test
    void itsTimeDoesNotJumpWhenItStarts() {
        long before = context.nowMillis();
        var host = new MemoryHost(1);
        context.start(List.of(new Shard(host.loops().get(0), context, context.namespaces())));
        assertThat(context.nowMillis()).isEqualTo(before); // Time stands still there.
        context.stop();
        assertThat(context.nowMillis()).isEqualTo(before);
        host.shutDown(Duration.ZERO);
    }
}
