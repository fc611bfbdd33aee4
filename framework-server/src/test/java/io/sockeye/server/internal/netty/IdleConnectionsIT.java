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
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What counts as idle, at times that the test makes up. */
@Timeout(60)
class IdleConnectionsIT {
    /** More than the systems' buffers hold. */
    private static final int PART = 12 << 20;

    private static final int PARTS = 4;
    private static final int MINUTE = 60_000;

    private final EventLoops loops = new EventLoops(IoTransport.AUTO, 1, LoopFailure.CLOSE, Duration.ofDays(1));
    private final NettyLoop loop = loops.at(0);
    private final NettyServer server =
            new NettyServer(loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, 16 << 10);
    private final Socket client = new Socket();
    private long nowMillis;

    private static HttpSettings settings() {
        var much = HttpResponse.ok("application/octet-stream", Bytes.wrap(new byte[PARTS * PART]));
        return new HttpSettings(
                "/socket.io/",
                Set.of(TransportKind.POLLING),
                Cors.NONE,
                false,
                new Legacy(false, false),
                1_000,
                new HttpCallbacks(request -> CompletableFuture.completedFuture(much)),
                null,
                HttpCompression.OFF,
                null,
                ProxyTrust.NONE,
                new Budget(64 << 20),
                new Budget(64 << 20));
    }

    @BeforeEach
    void connect() throws Exception {
        server.start(new Router(settings(), List.of()));
        client.setReceiveBufferSize(4 << 10);
        client.setSoTimeout(10_000);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        nowMillis = loop.nowMillis();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.stopListening();
        loops.shutDown(Duration.ZERO);
    }

    private InputStream send(String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
        return client.getInputStream();
    }

    private static void read(InputStream in, int bytes) throws IOException {
        if (in.readNBytes(bytes).length < bytes) {
            throw new EOFException("the server closed the connection");
        }
    }

    private void passMinute() throws Exception {
        pass(MINUTE);
    }

    private void pass(int millis) throws Exception {
        nowMillis += millis;
        CompletableFuture.runAsync(() -> loop.idle().sweep(nowMillis), loop).get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoTakesALongAnswerSlowlyIsNot() throws Exception {
        var in = send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        read(in, PART);
        for (int i = 1; i < PARTS; i++) {
            passMinute();
            read(in, PART);
        }
        assertThat(in.read()).isNotNegative(); // The head made it longer than its parts.
    }

    @Test
    void whoSendsAHeadTooSlowlyIs() throws Exception {
        var in = send("GET / HTTP/1.1\r\n");
        while (CompletableFuture.supplyAsync(loop.waiting()::bytes, loop).get(10, TimeUnit.SECONDS) == 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        for (int i = 0; i < 6; i++) {
            pass(5_000);
        }
        assertThat(in.read()).isNegative();
    }

    @Test
    void whoBeginsNoHeadHasMoreTime() throws Exception {
        for (int i = 0; i < 12; i++) {
            pass(5_000);
        }
        read(send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"), 1);
    }

    @Test
    void whoTakesNothingIs() throws Exception {
        var in = send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        read(in, 1);
        for (int i = 0; i < 100; i++) { // The systems' buffers may fill meanwhile.
            passMinute();
        }
        assertThatThrownBy(() -> read(in, PARTS * PART)).isInstanceOf(IOException.class);
    }
}
