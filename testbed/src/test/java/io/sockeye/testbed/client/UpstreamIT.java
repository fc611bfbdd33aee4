package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.SocketClient;
import io.sockeye.event.AckTimeoutException;
import io.sockeye.event.Args;
import io.sockeye.event.Rejection;
import io.sockeye.json.JsonException;
import io.sockeye.json.Peer;
import io.sockeye.server.SocketServer;
import io.sockeye.server.SocketServerBuilder;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose handlers ask another server by a client of their own. What that one does wrong is no fault of who asked. */
@Timeout(60)
final class UpstreamIT {
    private final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();

    @Test
    void anUpstreamThatFailsIsTheServersFailure() throws Exception {
        try (var upstream = server(SocketServer.builder());
                var client = client(upstream);
                var server = server(SocketServer.builder().onError((error, where) -> errors.add(error)));
                var guest = client(server)) {
            upstream.onRequest("number", String.class, (socket, text) -> text);
            server.onRequest(
                    "typed",
                    String.class,
                    (socket, text) ->
                            client.request("number", Integer.class, text).get());
            server.onRequest(
                    "untyped",
                    String.class,
                    (socket, text) ->
                            client.request("number", Args.class, text).get().get(0, int.class));
            server.onRequest(
                    "silent",
                    String.class,
                    (socket, text) -> client.timeout(Duration.ofMillis(50))
                            .request("silence")
                            .get());
            connect(client);
            connect(guest);
            for (var event : new String[] {"typed", "untyped"}) {
                assertInternal(guest, event);
                assertThat(next()).isInstanceOfSatisfying(JsonException.class, wrong -> {
                    assertThat(wrong.isAbout(Peer.SERVER)).isTrue();
                });
            }
            assertInternal(guest, "silent");
            assertThat(next()).isInstanceOfSatisfying(AckTimeoutException.class, late -> {
                assertThat(late.peer()).isEqualTo(Peer.SERVER);
            });
        }
    }

    private static SocketServer server(SocketServerBuilder settings) {
        var server = settings.host("127.0.0.1").port(0).build();
        server.start();
        return server;
    }

    private static SocketClient client(SocketServer server) {
        return SocketClient.builder("http://127.0.0.1:" + server.port()).build();
    }

    private static void assertInternal(SocketClient guest, String event) throws Exception {
        assertThat(failure(guest.request(event, Integer.class, "text")))
                .isInstanceOf(Rejection.class)
                .hasMessage("internal error");
    }

    /** What was reported, without what the future wraps around it. */
    private Throwable next() throws InterruptedException {
        var error = errors.poll(30, TimeUnit.SECONDS);
        assertThat(error).isNotNull();
        return error.getCause() == null || error instanceof JsonException ? error : error.getCause();
    }
}
