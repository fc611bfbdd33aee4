package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.server.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static Handshake of(boolean secure, String... headers) {
        var request =
                new HttpRequest("GET", "/socket.io/?EIO=4&q=a%20b", List.of(headers), "1.2.3.4", secure, Bytes.EMPTY);
        return new Handshake(request, Json.standard().value(Map.of("token", "t")), Instant.EPOCH);
    }

    @Test
    void hasWhatTheReferenceServersHas() {
        var handshake = of(true, "Host", "a", "Cookie", "a=1", "cookie", "b=2", "X-One", "1", "x-one", "2");
        assertThat(handshake.headers())
                .containsExactly(Map.entry("host", "a"), Map.entry("cookie", "a=1; b=2"), Map.entry("x-one", "1, 2"));
        assertThat(handshake.query()).containsExactly(Map.entry("EIO", "4"), Map.entry("q", "a b"));
        assertThat(handshake.url()).isEqualTo("/socket.io/?EIO=4&q=a%20b");
        assertThat(handshake.address()).isEqualTo("1.2.3.4");
        assertThat(handshake.secure()).isTrue();
        assertThat(handshake.time()).isEqualTo(Instant.EPOCH);
        assertThat(handshake.auth(Auth.class)).isEqualTo(new Auth("t"));
    }

    record Auth(String token) {}

    @Test
    void aPageOfAnotherOriginSaysSo() {
        assertThat(of(false, "Host", "a").xdomain()).isFalse();
        assertThat(of(false, "Origin", "https://app.example").xdomain()).isTrue();
        assertThat(of(false).secure()).isFalse();
    }
}
