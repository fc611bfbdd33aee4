package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted connections. */
@Timeout(60)
class TlsIT {
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
        return java.util.Objects.requireNonNull(made);
    }

    private static Tls pem() throws Exception {
        return Tls.pem(key().certificate(), key().key());
    }

    @Test
    void aWebSocketThatTheStopDoesNotWaitForReadsTheGoodbye() throws Exception {
        var tls = pem();
        var server = servers.start(builder -> builder.tls(tls));
        var socket = key().client().getSocketFactory().createSocket("127.0.0.1", server.port());
        try (var silent = WebSocketClient.open(Wire.over(socket))) {
            long start = System.nanoTime();
            server.stop(Duration.ofMinutes(1));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(silent.nextFrame().first()).isEqualTo(0x88);
            assertThat(silent.wire().ends()).isTrue();
        }
    }

    /**
     * What is encrypted is for one alone: 10 times little of it, and what is the same for all once. It is more than the systems'
     * buffers take.
     */
    @Test
    void whatManyDoNotTakeIsMostlyNotEncryptedYet() throws Exception {
        var tls = pem();
        var server = servers.start(
                builder -> builder.tls(tls).outboxBytes(16_000_000).memory(64_000_000, 64_000_000));
        var clients = new ArrayList<WebSocketClient>();
        for (int i = 0; i < 10; i++) {
            var socket = key().client().getSocketFactory().createSocket();
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            clients.add(WebSocketClient.open(Wire.over(socket)));
            clients.get(i).send("40");
            assertThat(clients.get(i).next()).startsWith("40{");
        }
        var text = "x".repeat(20_000);
        for (int i = 0; i < 400; i++) {
            server.emit("much", text);
        }
        server.fetchSockets().get(10, TimeUnit.SECONDS); // Behind what was sent, on each loop.
        awaitOut(server);
        assertThat(server.memory().outBytes()).isBetween(2_000_000L, 9_300_000L);
        for (var client : clients) {
            client.wire().close();
        }
    }

    /** Until the systems' buffers take no more of it. */
    private static void awaitOut(SocketServer server) throws InterruptedException {
        long before = -1;
        for (long now = server.memory().outBytes();
                now != before;
                now = server.memory().outBytes()) {
            before = now;
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    @Test
    void aPartOfARecordCounts() throws Exception {
        var tls = pem();
        var server = servers.start(builder -> builder.tls(tls));
        try (var wire = Wire.to(server)) {
            wire.send(new byte[] {22, 3, 1, 0x20, 0}).send(new byte[1_000]);
            for (int i = 0; server.memory().inBytes() != 1_005 && i < 2_000; i++) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(server.memory().inBytes()).isEqualTo(1_005);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pem", "encrypted pem", "key store", "netty"})
    void carriesPollingAndWebSocket(String kind) throws Exception {
        var tls = tls(kind);
        var server = servers.start(builder -> builder.tls(tls));
        server.onConnection(
                socket -> notes.add("secure " + socket.handshake().request().secure()));
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
        var client = HttpClient.newBuilder().sslContext(key().client()).build();
        var base = "://127.0.0.1:" + server.port() + "/socket.io/?EIO=4&transport=";
        var answer = client.send(
                HttpRequest.newBuilder(URI.create("https" + base + "polling")).build(), BodyHandlers.ofString());
        assertThat(answer.body()).startsWith("0{\"sid\":").contains("\"upgrades\":[\"websocket\"]");
        var webSocket = client.newWebSocketBuilder()
                .buildAsync(URI.create("wss" + base + "websocket"), new Recorder(notes))
                .get(10, TimeUnit.SECONDS);
        assertThat(notes.next()).startsWith("got 0{");
        webSocket.sendText("40", true);
        assertThat(notes.next(2)).contains("secure true");
        webSocket.sendText("421[\"echo\",\"ü\"]", true);
        assertThat(notes.next()).isEqualTo("got 431[\"ü\"]");
    }

    private static Tls tls(String kind) throws Exception {
        return switch (kind) {
            case "pem" -> pem();
            case "encrypted pem" -> Tls.pem(key().certificate(), key().encryptedKey(), SelfSigned.PASSWORD);
            case "key store" -> Tls.keyStore(key().store(), SelfSigned.PASSWORD.toCharArray());
            default ->
                Tls.of(SslContextBuilder.forServer(
                                key().certificate().toFile(), key().key().toFile())
                        .build());
        };
    }

    private record Recorder(Notes notes) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            notes.add("got " + data);
            webSocket.request(1);
            return null;
        }
    }

    private static Wire connect(SocketServer server, String protocol) throws Exception {
        var socket = (SSLSocket) key().client().getSocketFactory().createSocket("127.0.0.1", server.port());
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return Wire.over(socket);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoSendsTooMuchReadsWhyItEnds(String protocol) throws Exception {
        var tls = pem();
        var server = servers.start(builder -> builder.tls(tls).loops(1).maxPayload(1_000));
        String much = "4" + "x".repeat(8 << 20);
        try (var polling = PollingClient.join(connect(server, protocol), connect(server, protocol));
                var webSocket = WebSocketClient.open(connect(server, protocol))) {
            var reply = polling.up().post(polling.target(), much, "Connection: close");
            assertThat(reply.status()).isEqualTo(413);
            assertThatThrownBy(polling.up()::readByte).isInstanceOf(EOFException.class);
            webSocket.send(much);
            assertThat(webSocket.next()).isEqualTo("close 1009");
            assertThatThrownBy(webSocket.wire()::readByte).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void connectionsMoveBetweenEventLoops() throws Exception {
        var tls = pem();
        var server = servers.start(builder -> builder.tls(tls).loops(4));
        server.on("echo", (socket, args) -> args.ack(args.value(0)));
        var clients = new ArrayList<PollingClient>();
        for (int i = 0; i < 4; i++) {
            clients.add(PollingClient.join(connect(server, "TLSv1.3"), connect(server, "TLSv1.2")));
        }
        try (var wire = connect(server, "TLSv1.3")) {
            PipelinedEchoes.exchange(wire, clients, 50_000);
        }
        for (var client : clients) {
            try (var webSocket = WebSocketClient.upgrade(connect(server, "TLSv1.2"), "&sid=" + client.sid())) {
                webSocket.send("2probe");
                webSocket.expect("3probe");
                webSocket.send("5");
                webSocket.send("421[\"echo\",\"moved\"]");
                assertThat(webSocket.next()).isEqualTo("431[\"moved\"]");
            }
            client.close();
        }
    }

    @Test
    void sharedFramesStayWhole() throws Exception {
        var tls = pem();
        var server = servers.start(builder -> builder.tls(tls).loops(1).handlersOnEventLoop());
        server.on("go", (socket, args) -> {
            for (int i = 0; i < 20; i++) {
                server.emit("all", i);
                server.fetchSockets().join().forEach(each -> each.emit("own", each.id()));
            }
        });
        var clients = new ArrayList<WebSocketClient>();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            var client = WebSocketClient.open(connect(server, "TLSv1.3"));
            ids.add(client.join(""));
            clients.add(client);
        }
        clients.get(0).send("42[\"go\"]");
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 20; i++) {
                assertThat(clients.get(c).next()).isEqualTo("42[\"all\"," + i + "]");
                assertThat(clients.get(c).next()).isEqualTo("42[\"own\",\"" + ids.get(c) + "\"]");
            }
            clients.get(c).close();
        }
    }

    @Test
    void oldVersionsAndPlainHttpAreRefused() throws Exception {
        var tls = pem();
        var server = servers.start(builder -> builder.tls(tls));
        assertThatThrownBy(() -> connect(server, "TLSv1.1")).isInstanceOf(SSLException.class);
        try (var plain = Wire.to(server)) {
            plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(plain.ends()).isTrue();
        }
        connect(server, "TLSv1.2").close();
    }

    @Test
    void theStopClosesThem() throws Exception {
        var tls = pem();
        var server = servers.start(builder -> builder.tls(tls));
        try (var idle = connect(server, "TLSv1.3");
                var webSocket = WebSocketClient.open(connect(server, "TLSv1.3"))) {
            assertThat(idle.get("/").status()).isEqualTo(404);
            server.stop(Duration.ofSeconds(5));
            assertThat(webSocket.next()).startsWith("close");
            assertThat(List.of(idle.ends(), webSocket.wire().ends())).containsOnly(true);
        }
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws Exception {
        var missing = folder.resolve("missing.pem");
        assertThatThrownBy(() -> Tls.pem(missing, key().key()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TLS: cannot read the file " + missing);
        assertThatThrownBy(() -> Tls.pem(key().certificate(), folder)).hasMessageContaining(folder.toString());
        var garbage = Files.writeString(folder.resolve("garbage.pem"), "garbage");
        assertThatThrownBy(() -> Tls.pem(garbage, key().key()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(garbage.toString());
        assertThatThrownBy(() -> Tls.pem(key().certificate(), key().certificate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key().certificate().toString());
        assertThatThrownBy(() -> Tls.pem(key().certificate(), key().encryptedKey(), "wrong"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key().encryptedKey().toString());
    }

    @Test
    void aKeyStoreMustHoldAKeyOfThatPassword() throws Exception {
        assertThatThrownBy(() -> Tls.keyStore(key().store(), "wrong".toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("TLS: key store: ");
        var empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        assertThatThrownBy(() -> Tls.keyStore(empty, new char[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TLS: the key store has no private key");
        var client = SslContextBuilder.forClient().build();
        assertThatThrownBy(() -> Tls.of(client)).isInstanceOf(IllegalArgumentException.class);
    }
}
