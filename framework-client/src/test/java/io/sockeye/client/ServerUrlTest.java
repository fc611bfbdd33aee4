package io.sockeye.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000, http://localhost:3000, /",
        "https://chat.example/, https://chat.example, /",
        "ws://127.0.0.1:80/admin, http://127.0.0.1:80, /admin",
        "wss://[::1]:8443/a/b, https://[::1]:8443, /a/b",
        "HTTP://localhost, http://localhost, /"
    })
    void namesTheServerAndTheNamespace(String url, String server, String namespace) {
        var builder = SocketClient.builder(url);
        assertThat(builder.httpSettings().server()).hasToString(server);
        assertThat(builder.build().namespace()).isEqualTo(namespace);
    }

    @Test
    void takesTheQueryAlong() {
        var settings = SocketClient.builder("http://localhost?token=a%20b&flag&x=1&&y=%26")
                .query("x", "2")
                .httpSettings();
        assertThat(settings.query())
                .hasSize(4)
                .containsEntry("token", "a b")
                .containsEntry("flag", "")
                .containsEntry("x", "2")
                .containsEntry("y", "&");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:3000",
                "/path",
                "ftp://localhost",
                "http:///x",
                "http://localhost:65536",
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
}
