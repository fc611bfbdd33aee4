package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.failure;
import static io.sockeye.testbed.client.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.ConnectFailedException.Reason;
import io.sockeye.client.Reconnection;
import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.server.SocketServer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who cannot get to the server learns why. */
final class UnreachableServerIT {
    @TempDir
    private static Path directory;

    private static SocketServer good;
    private static Certificate certificate;

    @BeforeAll
    static void start() throws Exception {
        good = GoodServer.start();
        certificate = Certificate.create(directory, "ip:127.0.0.1");
    }

    @AfterAll
    static void stop() {
        good.close();
    }

    private static Throwable expect(SocketClientBuilder builder, Reason... reasons) {
        try (var client = builder.reconnection(Reconnection.NONE).build()) {
            var thrown = failure(client.connect());
            assertThat(thrown).isInstanceOfSatisfying(ConnectFailedException.class, failure -> {
                assertThat(failure.reason()).as("%s", failure).isIn((Object[]) reasons);
                assertThat(failure.getMessage()).isNotBlank();
            });
            assertThat(client.active()).isFalse();
            return thrown;
        }
    }

    private static SocketClientBuilder at(Way way, String url) {
        return way.set(SocketClient.builder(url));
    }

    @ParameterizedTest
    @EnumSource
    void unknownHost(Way way) {
        expect(at(way, "http://no-such-host.invalid:3000"), Reason.UNKNOWN_HOST);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyListens(Way way) {
        expect(at(way, "http://127.0.0.1:1"), Reason.UNREACHABLE);
    }

    @ParameterizedTest
    @EnumSource
    void encryptedWhereTheServerIsNot(Way way) {
        expect(at(way, "https://127.0.0.1:" + good.port()), Reason.TLS);
    }

    @ParameterizedTest
    @EnumSource
    void plainWhereTheServerIsEncrypted(Way way) throws Exception {
        try (var server = ScriptedServer.over(certificate.listen(), good.port())) {
            server.heal();
            expect(at(way, server.url()), Reason.PROTOCOL, Reason.CONNECTION_LOST);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateThatNobodyTrusts(Way way) throws Exception {
        try (var server = ScriptedServer.over(certificate.listen(), good.port())) {
            server.heal();
            var url = server.url().replace("http", "https");
            expect(at(way, url), Reason.TLS);
            try (var client = at(way, url).sslContext(certificate.trusting()).build()) {
                connect(client);
                assertThat(get(client.request("echo", int.class, 1))).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProxyThatRefuses(Way way) throws Exception {
        try (var proxy = ScriptedServer.before(good.port())) {
            proxy.script(exchange -> exchange.answer("403 Forbidden", "no"));
            expect(at(way, "https://chat.example").proxy(through(proxy)), Reason.PROXY);
            expect(
                    at(way, "http://chat.example").proxy(through(proxy)),
                    way == Way.WEBSOCKET ? Reason.PROXY : Reason.HTTP_STATUS);
            proxy.script(
                    exchange -> exchange.answer("407 Who", "Proxy-Authenticate: Basic realm=\"p\"\r\n", new byte[0]));
            expect(at(way, "http://chat.example").proxy(through(proxy)), Reason.PROXY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProxySelectorThatThrows(Way way) {
        expect(
                at(way, "http://chat.example").proxy(new ProxySelector() {
                    @Override
                    public List<Proxy> select(URI uri) {
                        throw new IllegalStateException("no idea");
                    }

                    @Override
                    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
                }),
                Reason.PROXY);
    }

    @ParameterizedTest
    @EnumSource
    void aProxyThatIsDead(Way way) {
        var nobody = ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        for (var url : List.of("http://chat.example", "https://chat.example")) {
            var failure = expect(at(way, url).proxy(nobody), Reason.PROXY);
            assertThat(failure).hasMessageContaining("the proxy localhost:1: ");
        }
        var unknown = ProxySelector.of(InetSocketAddress.createUnresolved("proxy.invalid", 3128));
        assertThat(expect(at(way, "http://chat.example").proxy(unknown), Reason.PROXY))
                .hasMessageContaining("the proxy proxy.invalid:3128: ");
    }

    @ParameterizedTest
    @EnumSource
    void aWrongPassword(Way way) throws Exception {
        var wrong = new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("ada", "wrong".toCharArray());
            }
        };
        try (var proxy = ScriptedServer.before(good.port())) {
            proxy.script(
                    exchange -> exchange.answer("407 Who", "Proxy-Authenticate: Basic realm=\"p\"\r\n", new byte[0]));
            expect(at(way, "http://chat.example").proxy(through(proxy)).authenticator(wrong), Reason.PROXY);
        }
        try (var server = ScriptedServer.before(good.port())) {
            server.script(
                    exchange -> exchange.answer("401 Who", "WWW-Authenticate: Basic realm=\"s\"\r\n", new byte[0]));
            expect(at(way, server.url()).authenticator(wrong), Reason.HTTP_STATUS);
        }
    }

    private static ProxySelector through(ScriptedServer proxy) {
        return ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatTakesNoConnection(Way way) throws Exception {
        try (var proxy = TcpProxy.to(good.port())) {
            proxy.freeze();
            expect(at(way, proxy.url()).connectTimeout(Duration.ofMillis(300)), Reason.TIMEOUT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anHttpClientThatCannotBeMade(Way way) throws Exception {
        var neverInitialised = SSLContext.getInstance("TLS");
        expect(at(way, "http://127.0.0.1:" + good.port()).sslContext(neverInitialised), Reason.CONNECTION_LOST);
    }

    @Test
    void whoConnectsWhileTheClientClosesHearsOfIt() throws Exception {
        for (int i = 0; i < 100; i++) {
            var client = at(Way.WEBSOCKET, "http://127.0.0.1:" + good.port()).build();
            var closing = CompletableFuture.runAsync(client::close);
            var connecting = client.connect();
            get(closing);
            get(connecting.handle((nothing, failure) -> true));
        }
    }

    @Test
    void joinTellsTheSameReason() {
        try (var client = at(Way.POLLING, "http://127.0.0.1:1").build()) {
            var thrown = catchThrowable(() -> client.connect().join());
            assertThat(thrown).isInstanceOf(CompletionException.class).hasCauseInstanceOf(ConnectFailedException.class);
        }
    }
}
