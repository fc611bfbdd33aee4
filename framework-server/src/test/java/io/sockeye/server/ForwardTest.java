package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.server.adapter.Adapter;
import io.sockeye.server.adapter.AdapterFactory;
import io.sockeye.server.adapter.Cluster;
import io.sockeye.server.adapter.LocalServer;
import io.sockeye.server.adapter.LocalSockets;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.internal.engine.MemoryHost;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server does with requests for sessions of others, over a host in memory. */
class ForwardTest {
    private static final String POLL = "/socket.io/?EIO=4&transport=polling&sid=";
    private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";

    private final MemoryHost host = new MemoryHost(1);
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> reported = new LinkedBlockingQueue<>();
    private final Others cluster = new Others();
    private BiPredicate<String, Exchange> forward = (node, exchange) -> false;
    private final SocketServer server = SocketServer.builder()
            .adapter(cluster)
            .onError((error, where) -> reported.add(where + ": " + error.getMessage()))
            .handlersOnEventLoop()
            .build();

    private LocalServer local() {
        return Objects.requireNonNull(cluster.local);
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ofSeconds(10));
    }

    @Test
    void onlyTheNameOfAServerIsAskedFor() throws Exception {
        server.attach(host);
        for (var sid : new String[] {"othr", "%20%0D%0A*", "%23a%23b", "here"}) {
            assertThat(host.get(0, POLL + sid + "A".repeat(22)).answer().body()).isEqualTo(UNKNOWN);
        }
        assertThat(asked).containsExactly("othr");
    }

    /** Where two servers take each other for the owner, the request must not go round for ever. */
    @Test
    void whatWasForwardedIsNotForwardedAgain() throws Exception {
        forward = (node, exchange) -> {
            local().handle(exchange);
            return true;
        };
        server.attach(host);
        assertThat(host.get(0, POLL + "othr" + "A".repeat(22)).answer().body()).isEqualTo(UNKNOWN);
        assertThat(asked).containsExactly("othr");
    }

    @Test
    void aClusterThatThrowsEndsTheExchangeAndIsReported() throws Exception {
        forward = (node, exchange) -> {
            throw new IllegalStateException("no connection");
        };
        server.attach(host);
        var exchange = host.get(0, POLL + "othr" + "A".repeat(22));
        assertThatThrownBy(exchange::answer)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("no connection");
        assertThat(reported.poll(20, TimeUnit.SECONDS)).isEqualTo("cluster: no connection");
        assertThat(host.get(0, POLL + "here" + "A".repeat(22)).answer().body()).isEqualTo(UNKNOWN);
    }

    @Test
    void thereAreLoopsWhileTheServerRuns() {
        assertThat(local().loops()).isEmpty();
        server.attach(host);
        assertThat(local().loops()).hasSize(1);
        server.stop(Duration.ofSeconds(10));
        assertThat(local().loops()).isEmpty();
    }

    private final class Others implements Cluster {
        private @Nullable LocalServer local;

        @Override
        public String node() {
            return "here";
        }

        @Override
        public void start(LocalServer server) {
            local = server;
        }

        @Override
        public Adapter create(LocalSockets sockets) {
            return AdapterFactory.inMemory().create(sockets);
        }

        @Override
        public boolean forward(String node, Exchange exchange) {
            asked.add(node);
            return forward.test(node, exchange);
        }

        @Override
        public void close() {}
    }
}
