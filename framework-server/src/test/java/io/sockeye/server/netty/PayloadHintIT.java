package io.sockeye.server.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.TransportKind;
import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HttpCompression;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.ProxyTrust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever runs the server reads which setting refused a request, also one of his own routes. */
@Timeout(60)
class PayloadHintIT {
    private final EventLoops loops = new EventLoops(IoTransport.AUTO, 1, Duration.ofDays(1));
    private final NettyServer server = new NettyServer(loops, settings(), List.of());

    private static HttpSettings settings() {
        return new HttpSettings(
                "/socket.io/",
                Set.of(TransportKind.POLLING),
                Cors.NONE,
                false,
                new Legacy(false, false),
                10,
                16 << 10,
                new HttpCallbacks(request -> CompletableFuture.completedFuture(HttpResponse.text(200, "page"))),
                null,
                null,
                HttpCompression.OFF,
                null,
                ProxyTrust.NONE);
    }

    @AfterEach
    void close() {
        server.stopListening();
        loops.shutDown(Duration.ZERO);
    }

    @Test
    void aBodyThatIsTooLongForTheUsersRouteIsToldInTheLog() throws Exception {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (var client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.setSoTimeout(10_000);
            client.getOutputStream()
                    .write("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n12345678901".getBytes(US_ASCII));
            assertThat(new String(client.getInputStream().readNBytes(12), US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
            var loop = loops.at(0);
            assertThat(loop.payloadHint().due(loop.nowMillis())).isFalse();
        }
    }
}
