package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.server.host.Host;
import io.sockeye.server.host.Loop;
import io.sockeye.server.internal.engine.MemoryHost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Hosts that do not do what they should. */
class StrangeHostTest {
    private final SocketServer server =
            SocketServer.builder().handlersOnEventLoop().build();

    @Test
    void oneThatCannotStartEndsTheServer() {
        for (var failure : new Throwable[] {new IOException("in use"), new IllegalStateException("a bug")}) {
            var host = new Strange(new MemoryHost(1).loops());
            host.startFails = failure;
            var attached = SocketServer.builder().build();
            assertThatThrownBy(() -> attached.attach(host)).hasStackTraceContaining(failure.getMessage());
            assertThat(host.calls).containsExactly("start", "shut down");
            assertThat(attached.connections()).isZero();
            assertThatThrownBy(() -> attached.attach(host))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a server is started once");
        }
    }

    @Test
    void oneWhoseLoopsHaveEndedEndsTheServer() {
        var host = new Strange(List.of(new Ended()));
        assertThatThrownBy(() -> server.attach(host)).hasMessage("ended");
        assertThat(host.calls).containsExactly("start", "shut down");
        assertThat(server.usage()).isCompleted();
    }

    /** A loop that does nothing any more. */
    private static final class Ended implements Loop {
        @Override
        public int index() {
            return 0;
        }

        @Override
        public boolean inLoop() {
            return false;
        }

        @Override
        public void post(Runnable task) {
            // Dropped.
        }

        @Override
        public long nowMillis() {
            return 0;
        }

        @Override
        public void repeat(Duration period, Runnable task) {
            throw new IllegalStateException("ended");
        }

        @Override
        public void flushLater(Flushable transport) {
            // Nothing leaves.
        }
    }

    /** The server is stopped nevertheless, and nobody waits for that in vain. */
    @Test
    void oneThatThrowsWhenTheServerStopsDoesNotKeepItFromThat() throws Exception {
        var host = new Strange(new MemoryHost(1).loops());
        host.stopFails = true;
        server.attach(host);
        server.stop(Duration.ofSeconds(20));
        assertThat(host.calls).containsExactly("start", "stop listening", "shut down");
        var again = CompletableFuture.runAsync(() -> server.stop(Duration.ofDays(1)));
        again.get(20, TimeUnit.SECONDS);
    }

    @Test
    void itsLoopsMustBeWhatIdsCanTell() {
        var loops = new MemoryHost(2).loops();
        var wrong =
                List.of(List.<Loop>of(), List.<Loop>of(loops.get(1)), Collections.<Loop>nCopies(4_097, loops.get(0)));
        for (var each : wrong) {
            assertThatThrownBy(() -> server.attach(new Strange(each))).isInstanceOf(IllegalArgumentException.class);
        }
        server.attach(new Strange(loops));
        server.close();
    }

    private static final class Strange implements Host {
        private final List<? extends Loop> loops;
        private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
        private @Nullable Throwable startFails;
        private boolean stopFails;

        private Strange(List<? extends Loop> loops) {
            this.loops = loops;
        }

        @Override
        public List<? extends Loop> loops() {
            return loops;
        }

        @Override
        public void start(Handler handler) throws IOException {
            calls.add("start");
            if (startFails instanceof IOException failure) {
                throw failure;
            }
            if (startFails instanceof RuntimeException failure) {
                throw failure;
            }
        }

        @Override
        public void stopListening() {
            calls.add("stop listening");
            failIfTold();
        }

        @Override
        public void shutDown(Duration timeout) {
            calls.add("shut down");
            failIfTold();
        }

        private void failIfTold() {
            if (stopFails) {
                throw new IllegalStateException("a bug");
            }
        }

        @Override
        public boolean await(CompletableFuture<?> what, Duration timeout) throws InterruptedException {
            failIfTold();
            return Host.block(what, timeout);
        }

        @Override
        public String address() {
            return "nowhere";
        }
    }
}
