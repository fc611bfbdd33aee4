package io.sockeye.server.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.internal.connection.ServerCore;
import io.sockeye.server.internal.connection.Shard;
import io.sockeye.server.internal.engine.MemoryHost;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerCoreTest {
    private final ServerCore core =
            new ServerCore(new ServerBuilder().settings, HandlerExecutor.of(Runnable::run, Runnable::run));

    /** What was read in the log of a cluster before has its age by the same clock, whatever the clock of the host. */
    @Test
    void itsTimeDoesNotJumpWhenItStarts() {
        long before = core.context().nowMillis();
        var host = new MemoryHost(1);
        core.start(List.of(new Shard(host.loops().get(0), core, core.namespaces())));
        assertThat(core.context().nowMillis()).isEqualTo(before); // Time stands still there.
        core.stop();
        assertThat(core.context().nowMillis()).isEqualTo(before);
        host.shutDown(Duration.ZERO);
    }
}
