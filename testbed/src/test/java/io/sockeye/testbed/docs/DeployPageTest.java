package io.sockeye.testbed.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.SocketServer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page about proxies has for times and sizes fits the server's defaults. */
class DeployPageTest {
    private static final Map<String, Long> UNITS = Map.of("", 1L, "s", 1L, "m", 1L << 20, "MB", 1_000_000L);

    private final Defaults server = new Defaults(new Defaults(SocketServer.builder()).value("settings"));
    private final Defaults engine = new Defaults(server.value("engineSettings"));

    @ParameterizedTest
    @CsvSource({
        "nginx, proxy_read_timeout",
        "nginx, proxy_send_timeout",
        "haproxy, timeout client",
        "haproxy, timeout server",
        "haproxy, timeout tunnel",
        "apache, ProxyTimeout",
    })
    void waitsLongerThanThePings(String proxy, String setting) {
        assertThat(numbers(proxy, setting))
                .isNotEmpty()
                .allSatisfy(seconds -> assertThat(1_000 * seconds).isGreaterThan(pings()));
    }

    @ParameterizedTest
    @CsvSource({"nginx, keepalive_timeout", "apache, ttl", "caddy, keepalive"})
    void givesUpIdleConnectionsBeforeTheServer(String proxy, String setting) {
        assertThat(numbers(proxy, setting))
                .isNotEmpty()
                .allSatisfy(seconds -> assertThat(1_000 * seconds).isLessThan(idle()));
    }

    @ParameterizedTest
    @CsvSource({"nginx, client_max_body_size", "apache, LimitRequestBody", "caddy, max_size"})
    void takesBodiesOfAnySizeThatTheServerTakes(String proxy, String setting) {
        assertThat(numbers(proxy, setting))
                .isNotEmpty()
                .allSatisfy(bytes -> assertThat(bytes).isGreaterThan(maxPayload()));
    }

    @Test
    void tellsTheDefaultsAsTheyAre() {
        assertThat(DeployPage.text())
                .contains("%d s".formatted(pings() / 1_000))
                .contains("the server's %d s".formatted(idle() / 1_000))
                .contains(String.format(Locale.ROOT, "%,d bytes", maxPayload()));
    }

    private long pings() {
        return engine.number("pingIntervalMillis").longValue()
                + engine.number("pingTimeoutMillis").longValue();
    }

    private long idle() {
        return Defaults.constant("io.sockeye.server.internal.netty.IdleConnections", "IDLE_MILLIS")
                .longValue();
    }

    private long maxPayload() {
        return server.number("maxPayload").longValue();
    }

    /** What stands behind each occurrence of that text in the settings, in seconds or bytes. */
    private static List<Long> numbers(String proxy, String setting) {
        return Pattern.compile("(?m)(?<!\\w)" + Pattern.quote(setting) + "[ =](\\d+)(m|s|MB|)\\b")
                .matcher(DeployPage.settings(proxy))
                .results()
                .map(found -> Long.parseLong(found.group(1)) * UNITS.get(found.group(2)))
                .toList();
    }
}
