package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContextBuilder;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes while the server computes a handshake. */
@Timeout(60)
class TlsHandshakesIT {
    /** One of TLS 1.2 with 16 KiB that say nothing. */
    private static final byte[] RECORD = Arrays.copyOf(new byte[] {23, 3, 3, 0x40, 0}, 5 + (16 << 10));

    private static final int USUAL = 16 << 10;

    @TempDir
    private static Path folder = Path.of("");

    private static @Nullable SelfSigned made;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private final Notes notes = new Notes();

    @BeforeAll
    static void makeKey() throws Exception {
        made = SelfSigned.in(folder);
    }

    private static SelfSigned key() {
        return Objects.requireNonNull(made);
    }

    private static Wire connect(SocketServer server, String version) throws Exception {
        var socket = (SSLSocket) key().client().getSocketFactory().createSocket("127.0.0.1", server.port());
        socket.setEnabledProtocols(new String[] {version});
        socket.startHandshake();
        return Wire.over(socket);
    }

    /** The client has finished its handshake while the server still computes the end of it. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aLargeRequestRightBehindTheHandshakeArrives(String version) throws Exception {
        var tls = Tls.pem(key().certificate(), key().key());
        var server = servers.start(builder -> builder.tls(tls));
        server.on("large", (socket, args) -> notes.add("arrived"));
        String path = "/socket.io/?EIO=4&transport=polling";
        try (var wire = connect(server, version)) {
            var sid = wire.get(path).body().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
            String session = path + "&sid=" + sid;
            assertThat(wire.post(session, "40").status()).isEqualTo(200);
            var event = "42[\"large\",\"" + "x".repeat(900_000) + "\"]";
            for (int i = 0; i < 20; i++) {
                try (var other = connect(server, version)) {
                    assertThat(other.post(session, event).status()).isEqualTo(200);
                }
                assertThat(notes.next()).isEqualTo("arrived");
            }
        }
    }

    /**
     * Behind handshakes that take all threads for them. Of two that send 192 KiB each the first one has to go: parts of requests
     * may have 256 KiB on a loop.
     */
    @Test
    void whatComesAmidHandshakesThatWaitCounts() throws Exception {
        var keys = new SlowKeys();
        var tls = Tls.of(SslContextBuilder.forServer(keys).build());
        var server = servers.start(builder -> builder.tls(tls).loops(1).memory(1_000_000, 10_000_000));
        var hello = hello();
        int records = 12 * RECORD.length;
        var busy = new ArrayList<Wire>();
        try (var first = Wire.to(server);
                var second = Wire.to(server)) {
            for (int i = 0; i < Math.max(1, Runtime.getRuntime().availableProcessors() / 2); i++) {
                busy.add(Wire.to(server).send(hello));
            }
            assertThat(keys.asked.tryAcquire(busy.size(), 10, TimeUnit.SECONDS)).isTrue();
            sendAll(first.send(hello));
            awaitIn(server, hello.length + records - USUAL);
            sendAll(second.send(hello));
            assertThat(first.ends()).isTrue();
            awaitIn(server, hello.length + records - USUAL);
        } finally {
            keys.compute.countDown();
        }
        awaitIn(server, 0);
        for (var wire : busy) {
            wire.close();
        }
    }

    private static void sendAll(Wire wire) throws Exception {
        for (int i = 0; i < 12; i++) {
            wire.send(RECORD);
        }
    }

    private static void awaitIn(SocketServer server, int bytes) throws InterruptedException {
        for (int i = 0; server.memory().inBytes() != bytes && i < 4_000; i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(server.memory().inBytes()).isEqualTo(bytes);
    }

    /** What a client sends first. */
    private static byte[] hello() throws Exception {
        var engine = key().client().createSSLEngine();
        engine.setUseClientMode(true);
        var bytes = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), bytes);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Has no key, and takes until it is told to say so. */
    private static final class SlowKeys extends X509ExtendedKeyManager {
        private final Semaphore asked = new Semaphore(0);
        private final CountDownLatch compute = new CountDownLatch(1);

        @Override
        public @Nullable String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            asked.release();
            try {
                compute.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[0];
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }
}
