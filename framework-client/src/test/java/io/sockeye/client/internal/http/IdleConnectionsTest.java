package io.sockeye.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdleConnectionsTest {
    private long now = 1_000_000;
    private final IdleConnections idle = new IdleConnections(() -> now);

    private void answered(String name, String value) {
        idle.answered(HttpHeaders.of(Map.of(name, List.of(value)), (header, text) -> true));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4699, 0",
        "4700, 700",
        "5000, 400",
        "5399, 1",
        "5400, 0",
        "5699, 0",
        "5700, 700",
        "6399, 1",
        "6400, 0",
    })
    void requestsWaitAroundTheTimeThatNodeAnnounces(long idleMillis, long wait) {
        answered("Keep-Alive", "timeout=5");
        now += idleMillis;
        assertThat(idle.remainingMillis()).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout=5, max=100", "max=100,Timeout=5", "max=7; timeout = 5"})
    void otherParametersDoNotMatter(String value) {
        answered("keep-alive", value);
        now += 5_000;
        assertThat(idle.remainingMillis()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "max=5", "timeout=", "timeout=x", "timeout=-1", "timeout=12345678901234567890", "mytimeout=5"
            })
    void whatSaysNothingIsIgnored(String value) {
        answered("Keep-Alive", value);
        now += 5_000;
        assertThat(idle.remainingMillis()).isZero();
    }

    @Test
    void belongToTheHttpClientAndTheServer() {
        var http = HttpClient.newHttpClient();
        var server = URI.create("http://localhost:3000");
        var shared = IdleConnections.of(http, server);
        assertThat(IdleConnections.of(http, URI.create("http://localhost:3000")))
                .isSameAs(shared);
        assertThat(IdleConnections.of(http, URI.create("http://localhost:3001")))
                .isNotSameAs(shared);
        assertThat(IdleConnections.of(HttpClient.newHttpClient(), server)).isNotSameAs(shared);
    }

    @Test
    void shortTimesAreKeptMoreExactly() {
        answered("Keep-Alive", "timeout=1");
        now += 799;
        assertThat(idle.remainingMillis()).isZero();
        now += 1;
        assertThat(idle.remainingMillis()).isEqualTo(400);
    }

    @Test
    void aConnectionThatIsInUseIsInNoDanger() {
        answered("Keep-Alive", "timeout=5");
        now += 3_000;
        answered("Keep-Alive", "timeout=5");
        idle.requestSent();
        now += 2_000;
        assertThat(idle.remainingMillis()).isZero();
        now += 3_000;
        assertThat(idle.remainingMillis()).isEqualTo(400);
    }

    @Test
    void oneThatWasClosedIsNotUsed() {
        answered("Keep-Alive", "timeout=5");
        now += 10_000;
        answered("Keep-Alive", "timeout=5");
        idle.requestSent();
        now += 5_000;
        assertThat(idle.remainingMillis()).isZero();
    }

    @Test
    void nettySocketioClosesThemAtOnce() {
        answered("server", "netty-socketio/2.0.14");
        assertThat(idle.remainingMillis()).isEqualTo(100);
        now += 100;
        assertThat(idle.remainingMillis()).isZero();
        answered("server", "nginx");
        assertThat(idle.remainingMillis()).isZero();
    }
}
