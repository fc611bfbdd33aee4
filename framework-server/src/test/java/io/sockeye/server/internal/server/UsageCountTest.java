package io.sockeye.server.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.internal.connection.ServerCore;
import io.sockeye.server.internal.connection.Shard;
import io.sockeye.server.internal.engine.MemoryHost;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageCountTest {
    private final ServerCore core =
            new ServerCore(new ServerBuilder().settings, HandlerExecutor.of(Runnable::run, Runnable::run));

    /** They drop what they are given then. */
    @Test
    void theEndOfTheLoopsLetsNobodyWait() {
        var host = new MemoryHost(1);
        core.start(List.of(new Shard(host.loops().get(0), core, core.namespaces())));
        host.shutDown(Duration.ZERO);
        var usage = UsageCount.of(core);
        assertThat(usage).isNotDone();
        core.stop();
        assertThat(usage).isCompleted();
        assertThat(usage.join().connections()).isZero();
        assertThat(UsageCount.of(core)).isCompleted();
    }
}
