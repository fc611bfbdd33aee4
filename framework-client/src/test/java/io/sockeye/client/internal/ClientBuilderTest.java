package io.sockeye.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.client.Reconnection;
import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.protocol.TransportKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientBuilderTest {
    @Test
    void takesServerAndNamespaceFromTheUrl() {
        var builder = new ClientBuilder(URI.create("wss://[::1]:8443/a/b"));
        assertThat(builder.httpSettings().server()).hasToString("https://[::1]:8443");
        assertThat(builder.build().namespace()).isEqualTo("/a/b");
    }

    @Test
    void addsTheUrlsQueryToItsOwn() {
        var builder = new ClientBuilder(URI.create("http://localhost?token=a%20b&x=1"));
        builder.query("x", "2");
        assertThat(builder.httpSettings().query())
                .hasSize(2)
                .containsEntry("token", "a b")
                .containsEntry("x", "2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:3000",
                "/path",
                "ftp://localhost",
                "http:///x",
                "http://localhost:65536",
                "http://localhost:0",
                "http://user:secret@localhost",
                "http://local host"
            })
    void refusesWhatIsNoSuchUrl(String url) {
        assertThatThrownBy(() -> SocketClient.builder(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesTimesForEver() {
        var ever = Duration.ofSeconds(Long.MAX_VALUE);
        try (var client = SocketClient.builder("http://localhost")
                .ackTimeout(ever)
                .connectTimeout(ever)
                .reconnection(Reconnection.DEFAULT.delay(ever, ever))
                .build()) {
            assertThat(client.request("a")).isNotDone();
            assertThat(client.timeout(ever).request("b")).isNotDone();
        }
    }

    @Test
    void refusesSettingsThatCannotBe() {
        var redirecting = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        var builder = SocketClient.builder("http://localhost");
        assertThatThrownBy(() -> builder.httpClient(redirecting)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(builder::transports).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.retries(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SocketClient.builder("http://localhost")
                        .header("Host", "other")
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SocketClient.builder("http://localhost")
                        .httpClient(HttpClient.newHttpClient())
                        .cookies()
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.build().of("/a,b")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/a?b", "/a#b", "/ü", "/%zz", "/a%2", "/a\nb", "/a\\b"})
    void refusesAPathThatNoUrlHas(String path) {
        assertThatThrownBy(() -> SocketClient.builder("http://localhost").path(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("path: '" + path + "'");
    }

    @ParameterizedTest
    @CsvSource({"X-Name, Jürgen", "Host, other", "a b, c", "'', x", "X-Break, 'a\nb'", "Sec-WebSocket-Key, x"})
    void refusesHeadersThatCannotBeSent(String name, String value) {
        var builder = SocketClient.builder("http://localhost").header(name, value);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("header")
                .hasMessageContaining(name);
    }

    @SuppressWarnings("NullAway") // Callers may not have it.
    static Stream<Arguments> namesTheSettingThatIsNull() {
        return Stream.of(
                nothing("path", it -> it.path(null)),
                nothing("query", it -> it.query(null, "x")),
                nothing("query: x", it -> it.query("x", null)),
                nothing("header", it -> it.header(null, "x")),
                nothing("header: x", it -> it.header("x", null)),
                nothing("headers", it -> it.headers(null)),
                nothing("protocols", it -> it.protocols((String[]) null)),
                nothing("protocols", it -> it.protocols("a", null)),
                nothing("transports", it -> it.transports((TransportKind[]) null)),
                nothing("transports", it -> it.transports(TransportKind.POLLING, null)),
                nothing("connectTimeout", it -> it.connectTimeout(null)),
                nothing("ackTimeout", it -> it.ackTimeout(null)),
                nothing("sslContext", it -> it.sslContext(null)),
                nothing("sslParameters", it -> it.sslParameters(null)),
                nothing("proxy", it -> it.proxy(null)),
                nothing("authenticator", it -> it.authenticator(null)),
                nothing("cookies", it -> it.cookies(null)),
                nothing("httpClient", it -> it.httpClient(null)),
                nothing("auth", it -> it.auth((Object) null)),
                nothing("reconnection", it -> it.reconnection(null)),
                nothing("json", it -> it.json(null)),
                nothing("parser", it -> it.parser(null)),
                nothing("handlerExecutor", it -> it.handlerExecutor(null)),
                nothing("onOverflow", it -> it.onOverflow(null)),
                nothing("onError", it -> it.onError(null)),
                nothing("onRequestError", it -> it.onRequestError(null)));
    }

    private static Arguments nothing(String setting, Consumer<SocketClientBuilder> call) {
        return Arguments.of(setting, call);
    }

    @ParameterizedTest
    @MethodSource
    void namesTheSettingThatIsNull(String setting, Consumer<SocketClientBuilder> call) {
        var builder = SocketClient.builder("http://localhost");
        assertThatThrownBy(() -> call.accept(builder))
                .isInstanceOf(NullPointerException.class)
                .hasMessage(setting);
    }
}
