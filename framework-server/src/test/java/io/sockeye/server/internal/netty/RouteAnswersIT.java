package io.sockeye.server.internal.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.io.EOFException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers of HTTP routes count as memory until clients have taken them. */
@Timeout(60)
class RouteAnswersIT {
    /** More than the systems' buffers hold. */
    private static final int LENGTH = 12 << 20;

    private static final int COPIED = 64 << 10;
    /** Half of it is for routes: one answer, but not two. */
    private static final int LIMIT = 40 << 20;

    private final EventLoops loops = new EventLoops(IoTransport.AUTO, 1, LoopFailure.CLOSE, Duration.ofDays(1));
    private final NettyServer server =
            new NettyServer(loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, 16 << 10);
    private final Budget unsent = new Budget(LIMIT);
    private final HttpResponse shared = HttpResponse.ok("application/octet-stream", Bytes.wrap(new byte[LENGTH]));
    private final List<Socket> clients = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        var settings = new HttpSettings(
                "/socket.io/",
                Set.of(TransportKind.POLLING),
                Cors.NONE,
                false,
                new Legacy(false, false),
                1_000,
                new HttpCallbacks(request -> CompletableFuture.completedFuture(answer(request.path()))),
                null,
                HttpCompression.OFF,
                null,
                ProxyTrust.NONE,
                new Budget(64 << 20),
                unsent);
        server.start(new Router(settings, List.of()));
    }

    private HttpResponse answer(String path) {
        return path.equals("/shared")
                ? shared
                : HttpResponse.ok("application/octet-stream", Bytes.wrap(new byte[LENGTH]));
    }

    @AfterEach
    void close() throws IOException {
        for (var client : clients) {
            client.close();
        }
        server.stopListening();
        loops.shutDown(Duration.ZERO);
    }

    /** A client that has asked, and read the beginning of the answer. */
    private Socket ask(String path) throws IOException {
        var client = new Socket();
        clients.add(client);
        client.setReceiveBufferSize(4 << 10);
        client.setSoTimeout(10_000);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        client.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(UTF_8));
        assertThat(client.getInputStream().read()).isEqualTo('H');
        return client;
    }

    private static void read(Socket client) throws IOException {
        if (client.getInputStream().readNBytes(LENGTH).length < LENGTH) {
            throw new EOFException("the server closed the connection");
        }
    }

    private void awaitHeld(long bytes) throws InterruptedException {
        for (int i = 0; i < 1_000 && unsent.heldBytes() != bytes; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(unsent.heldBytes()).isEqualTo(bytes);
    }

    @Test
    void whatHasNotBeenTakenCounts() throws Exception {
        var client = ask("/");
        awaitHeld(LENGTH + COPIED);
        read(client);
        awaitHeld(0);
    }

    @Test
    void whatSeveralAnswersHaveCountsOnce() throws Exception {
        var first = ask("/shared");
        ask("/shared");
        awaitHeld(LENGTH + 2 * COPIED);
        first.close();
        awaitHeld(LENGTH + COPIED);
    }

    @Test
    void nothingCountsOnceTheClientHasGone() throws Exception {
        ask("/").close();
        awaitHeld(0);
    }

    @Test
    void theOldestIsCutOffWhenTheRoomIsUsedUp() throws Exception {
        var slow = ask("/");
        var quick = ask("/");
        read(quick);
        assertThatThrownBy(() -> read(slow)).isInstanceOf(IOException.class);
    }
}
