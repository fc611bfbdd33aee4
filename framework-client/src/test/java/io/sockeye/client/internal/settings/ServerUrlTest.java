package io.sockeye.client.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
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
        var checked = ServerUrl.check(URI.create(url));
        assertThat(ServerUrl.server(checked)).hasToString(server);
        assertThat(ServerUrl.namespace(checked)).isEqualTo(namespace);
    }

    @Test
    void takesTheQueryAlong() {
        var url = URI.create("http://localhost?token=a%20b&flag&x=1&&y=%26");
        assertThat(ServerUrl.query(url))
                .hasSize(4)
                .containsEntry("token", "a b")
                .containsEntry("flag", "")
                .containsEntry("x", "1")
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
                "http://localhost:0",
                "http://user:secret@localhost"
            })
    void refusesWhatIsNoSuchUrl(String url) {
        assertThatThrownBy(() -> ServerUrl.check(URI.create(url))).isInstanceOf(IllegalArgumentException.class);
    }
}
