package io.sockeye.server.internal.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.memory.Budget;
import io.sockeye.server.IoTransport;
import io.sockeye.server.LoopFailure;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.Host;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.internal.engine.Pump;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that go on, over real connections. */
@Timeout(60)
class NettyStreamIT {
    private static final int PART = 256 << 10;
    /** More than the systems' buffers hold. */
    private static final int PARTS = 200;

    private final EventLoops loops = new EventLoops(IoTransport.AUTO, 1, LoopFailure.CLOSE, Duration.ofDays(1));
    private final NettyServer server =
            new NettyServer(loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, 16 << 10);

    private Pump start(Bytes part, int parts) throws Exception {
        var pump = new Pump(part, parts);
        server.start(pump);
        return pump;
    }

    @AfterEach
    void close() {
        server.stopListening();
        server.shutDown(Duration.ZERO);
    }

    private static String request(String version) {
        return "GET / HTTP/" + version + "\r\nHost: a\r\n\r\n";
    }

    private Socket connect() throws Exception {
        var client = new Socket();
        client.setReceiveBufferSize(4 << 10);
        client.setSoTimeout(20_000);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        return client;
    }

    @Test
    void waitForPeersThatAreSlow() throws Exception {
        var pump = start(Bytes.wrap(new byte[PART]), PARTS);
        try (var client = connect()) {
            client.getOutputStream().write(request("1.0").getBytes(US_ASCII));
            long bytes = 0;
            InputStream in = client.getInputStream();
            var buffer = new byte[PART];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
            }
            assertThat(bytes).isBetween((long) PARTS * PART, (long) PARTS * PART + 1_000);
            assertThat(pump.pauses()).isGreaterThan(PARTS / 10);
        }
    }

    @Test
    void keepTheirConnection() throws Exception {
        start(Bytes.ofUtf8("abc"), 2);
        try (var client = connect()) {
            for (int i = 0; i < 2; i++) {
                client.getOutputStream().write(request("1.1").getBytes(US_ASCII));
                var answer = new StringBuilder();
                while (answer.indexOf("\r\n0\r\n\r\n") < 0) {
                    answer.append((char) client.getInputStream().read());
                }
                assertThat(answer)
                        .startsWith("HTTP/1.1 200 OK\r\n")
                        .contains("transfer-encoding: chunked\r\n")
                        .endsWith("\r\n\r\n3\r\nabc\r\n3\r\nabc\r\n0\r\n\r\n");
            }
        }
    }

    @Test
    void areEmptyForHead() throws Exception {
        start(Bytes.ofUtf8("abc"), 2);
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var head = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        for (int i = 0; i < 2; i++) {
            var answer = http.send(head, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
        }
    }

    /** Begins an answer that goes on, and leaves the rest to the test. */
    private static final class Begin implements Host.Handler, Exchange.Listener {
        private final CompletableFuture<Exchange.Stream> stream = new CompletableFuture<>();
        private final CompletableFuture<String> end = new CompletableFuture<>();

        @Override
        public void handle(Exchange exchange) {
            exchange.listen(this);
            stream.complete(exchange.stream(200, HttpHeaders.NONE));
        }

        @Override
        public void refuse(Exchange exchange, int status, String text) {
            throw new AssertionError(text);
        }

        @Override
        public void onAbort() {
            end.complete("abort");
        }

        @Override
        public void onLost() {
            end.complete("lost");
        }

        @Override
        public void onFollowed() {}

        @Override
        public void onWritable() {}

        @Override
        public void onBroken(int status, String text) {}
    }

    private Exchange.Stream begin(Begin handler, Socket client) throws Exception {
        client.getOutputStream().write(request("1.1").getBytes(US_ASCII));
        return handler.stream.get(20, TimeUnit.SECONDS);
    }

    @Test
    void areCutOffWhereTheWriterDoesNotWaitForThePeer() throws Exception {
        var handler = new Begin();
        server.start(handler);
        try (var client = connect()) {
            var stream = begin(handler, client);
            var part = Bytes.wrap(new byte[1 << 20]);
            CompletableFuture.runAsync(
                            () -> {
                                for (int i = 0; i < 100; i++) {
                                    stream.write(part);
                                }
                                assertThat(stream.writable()).isFalse();
                            },
                            loops.at(0))
                    .get(20, TimeUnit.SECONDS);
            assertThat(handler.end.get(20, TimeUnit.SECONDS)).isEqualTo("abort");
        }
    }

    @Test
    void countUntilTheyHaveLeft() throws Exception {
        var handler = new Begin();
        var unsent = new Budget(64 << 20);
        server.start(handler);
        try (var client = connect()) {
            var stream = begin(handler, client);
            CompletableFuture.runAsync(
                            () -> {
                                stream.chargeTo(unsent);
                                stream.write(Bytes.wrap(new byte[12 << 20]));
                                stream.write(Bytes.ofUtf8("abc"));
                            },
                            loops.at(0))
                    .get(20, TimeUnit.SECONDS);
            assertThat(unsent.heldBytes()).isEqualTo((12 << 20) + 3);
            assertThat(client.getInputStream().readNBytes(12 << 20)).hasSize(12 << 20);
            awaitNothing(unsent);
            CompletableFuture.runAsync(() -> stream.write(Bytes.wrap(new byte[12 << 20])), loops.at(0))
                    .get(20, TimeUnit.SECONDS);
            assertThat(unsent.heldBytes()).isEqualTo(12 << 20);
        }
        awaitNothing(unsent);
    }

    private static void awaitNothing(Budget unsent) throws InterruptedException {
        for (int i = 0; i < 2_000 && unsent.heldBytes() != 0; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(unsent.heldBytes()).isZero();
    }

    @Test
    void mayBeSilentForAsLongAsTheyLike() throws Exception {
        var handler = new Begin();
        server.start(handler);
        try (var client = connect()) {
            var stream = begin(handler, client);
            assertThat(client.getInputStream().read()).isEqualTo('H');
            long nowMillis = loops.at(0).nowMillis();
            for (int i = 0; i < 5; i++) {
                nowMillis += 60_000;
                long atMillis = nowMillis;
                CompletableFuture.runAsync(() -> loops.at(0).idle().sweep(atMillis), loops.at(0))
                        .get(20, TimeUnit.SECONDS);
            }
            loops.at(0).execute(() -> {
                stream.write(Bytes.ofUtf8("abc"));
                stream.end();
            });
            var answer = new StringBuilder();
            while (answer.indexOf("3\r\nabc\r\n0\r\n\r\n") < 0) {
                int next = client.getInputStream().read();
                assertThat(next).isNotNegative();
                answer.append((char) next);
            }
        }
    }

    @Test
    void endWithThePeer() throws Exception {
        var pump = start(Bytes.wrap(new byte[PART]), PARTS);
        try (var client = connect()) {
            client.getOutputStream().write(request("1.1").getBytes(US_ASCII));
            assertThat(client.getInputStream().read()).isEqualTo('H');
        }
        pump.abandoned.get(20, TimeUnit.SECONDS);
    }
}
