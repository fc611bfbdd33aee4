package io.sockeye.server.internal.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.IoTransport;
import io.sockeye.server.LoopFailure;
import io.sockeye.server.SocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop has ended by an error, and the server is stopped later: nothing of that loop can be waited for. */
@Timeout(60)
class StopAfterLoopFailureIT {
    private static final Duration LIMIT = Duration.ofSeconds(50);

    @Test
    void doesNotWaitForThoseWhoseLoopHasEnded() throws Exception {
        var loops = new EventLoops(IoTransport.AUTO, 2, LoopFailure.CLOSE);
        var host = new NettyServer(loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, 16 << 10);
        var server = SocketServer.builder().build();
        server.attach(host);
        for (int i = 0; i < 4; i++) {
            open(host.port());
        }
        assertThat(server.connections()).isEqualTo(4);
        loops.at(0).eventLoop().execute(() -> {
            throw new UnloggableError();
        });
        while (!loops.at(0).hasEnded()) {
            Thread.onSpinWait();
        }
        long before = System.nanoTime();
        server.stop(LIMIT);
        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(30));
    }

    /** Opens a session, which stays where it is. */
    private static void open(int port) throws IOException {
        try (var client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var request = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            client.getOutputStream().write(request.getBytes(US_ASCII));
            assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
                    .contains("\"sid\"");
        }
    }
}
