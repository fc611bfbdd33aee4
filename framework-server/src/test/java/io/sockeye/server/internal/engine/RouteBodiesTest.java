package io.sockeye.server.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.memory.Budget;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HttpCompression;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.ProxyTrust;
import io.sockeye.server.internal.http.HttpCallbacks;
import io.sockeye.server.internal.http.HttpSettings;
import io.sockeye.server.internal.http.Legacy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies of requests to the application count as long as it has them. */
class RouteBodiesTest {
    private final MemoryHost host = new MemoryHost(1);
    private final Budget budget = new Budget(1_000_000);

    @AfterEach
    void end() {
        host.loops().forEach(MemoryLoop::end);
    }

    private void start(Function<HttpRequest, CompletionStage<HttpResponse>> routes) throws Exception {
        var settings = new HttpSettings(
                "/socket.io/",
                Set.of(TransportKind.POLLING),
                Cors.NONE,
                false,
                new Legacy(false, false),
                1_000,
                new HttpCallbacks(routes),
                null,
                HttpCompression.OFF,
                null,
                ProxyTrust.NONE,
                budget,
                new Budget(1_000_000));
        host.start(new Router(settings, List.of()));
    }

    private long heldBytes() {
        return CompletableFuture.supplyAsync(budget::heldBytes, host.loops().get(0))
                .join();
    }

    @Test
    void isHeldUntilTheApplicationHasAnswered() throws Exception {
        var answer = new CompletableFuture<HttpResponse>();
        start(request -> answer);
        var exchange = host.post(0, "/a", "12345");
        assertThat(heldBytes()).isEqualTo(5);
        answer.complete(HttpResponse.text(200, "ok"));
        assertThat(exchange.answer().body()).isEqualTo("ok");
        assertThat(heldBytes()).isZero();
    }

    @Test
    void isGivenBackIfTheApplicationCannotBeAsked() throws Exception {
        start(request -> {
            throw new IllegalStateException("thrown by a test");
        });
        assertThat(host.post(0, "/a", "12345").answer().status()).isEqualTo(500);
        assertThat(heldBytes()).isZero();
    }
}
