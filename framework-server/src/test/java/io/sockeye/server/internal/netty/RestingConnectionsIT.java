package io.sockeye.server.internal.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.memory.Budget;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.IoTransport;
import io.sockeye.server.LoopFailure;
import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HttpCompression;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.ProxyTrust;
import io.sockeye.server.internal.engine.Router;
import io.sockeye.server.internal.http.HttpCallbacks;
import io.sockeye.server.internal.http.HttpSettings;
import io.sockeye.server.internal.http.Legacy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With so little memory 256 connections may have no request. */
@Timeout(60)
class RestingConnectionsIT {
    private static final int MOST = 256;
    /** Short enough that the next request has its turn before it has left. */
    private static final int ANSWER = 30_000;

    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8);

    private final EventLoops loops = new EventLoops(IoTransport.AUTO, 1, LoopFailure.CLOSE, Duration.ofDays(1));
    private final NettyLoop loop = loops.at(0);
    private final NettyServer server =
            new NettyServer(loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, 16 << 10);
    private final AtomicInteger requests = new AtomicInteger();
    private final List<Socket> others = new ArrayList<>();
    private final Socket client = new Socket();

    private HttpSettings settings() {
        var answer = HttpResponse.ok("application/octet-stream", Bytes.wrap(new byte[ANSWER]));
        return new HttpSettings(
                "/socket.io/",
                Set.of(TransportKind.POLLING),
                Cors.NONE,
                false,
                new Legacy(false, false),
                1_000,
                new HttpCallbacks(request -> {
                    requests.incrementAndGet();
                    return CompletableFuture.completedFuture(answer);
                }),
                null,
                HttpCompression.OFF,
                null,
                ProxyTrust.NONE,
                new Budget(100_000),
                new Budget(64 << 20));
    }

    @BeforeEach
    void connect() throws Exception {
        server.start(new Router(settings(), List.of()));
        client.setReceiveBufferSize(4 << 10);
        client.setSoTimeout(20_000);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        for (var other : others) {
            other.close();
        }
        server.stopListening();
        loops.shutDown(Duration.ZERO);
    }

    /** Asks until the systems' buffers take no more, and an answer waits in the server. */
    private int fill() throws Exception {
        int sent = 0;
        while (allSent()) {
            client.getOutputStream().write(REQUEST);
            sent++;
            while (requests.get() < sent) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            for (int i = 0; i < 20 && !allSent(); i++) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
        return sent;
    }

    private boolean allSent() throws Exception {
        return CompletableFuture.supplyAsync(loop.idle()::allSent, loop).get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoseAnswerHasNotLeftIsNoneOfThem() throws Exception {
        int answers = fill();
        for (int i = 0; i < MOST + 2; i++) {
            others.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
        }
        assertThat(others.get(1).getInputStream().read())
                .as("the second one is closed")
                .isNegative();
        assertThat(client.getInputStream().readNBytes(answers * ANSWER)).hasSize(answers * ANSWER);
        client.getOutputStream().write(REQUEST);
        assertThat(client.getInputStream().readNBytes(ANSWER)).hasSize(ANSWER);
    }
}
