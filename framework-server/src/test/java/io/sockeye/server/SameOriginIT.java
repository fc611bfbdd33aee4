package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.Cors;
import io.sockeye.server.http.ProxyTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose pages may open WebSockets without being named. */
@Timeout(60)
class SameOriginIT {
    private static final String WEB_SOCKET = """
            GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            """;

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    private static int status(SocketServer server, String host, String... headers) throws Exception {
        try (var wire = Wire.to(server)) {
            return wire.send(WEB_SOCKET + "Host: " + host + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                    .reply()
                    .status();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x.example, http://x.example, 101",
        "x.example, https://x.example, 101",
        "X.example, http://x.EXAMPLE, 101",
        "x.example:80, http://x.example, 101",
        "x.example:443, https://x.example, 101",
        "x.example, http://x.example:80, 101",
        "x.example:443, http://x.example, 400",
        "x.example:3000, http://x.example:3000, 101",
        "x.example:3000, http://x.example, 400",
        "[::1]:3000, http://[::1]:3000, 101",
        "x.example, ftp://x.example, 400",
        "x.example, file://x.example, 400",
        "x.example, ws://x.example, 400",
        "x.example, chrome-extension://x.example, 400",
        "x.example, //x.example, 400",
        "x.example, x.example, 400",
        "x.example, http://x.example/, 400",
        "x.example, http://x.example?y, 400",
        "x.example, http://evil@x.example, 400",
        "x.example, http://x.example.evil, 400",
        "x.example, null, 400"
    })
    void pagesOfTheHostMay(String host, String origin, int status) throws Exception {
        assertThat(status(servers.start(), host, "Origin: " + origin)).isEqualTo(status);
    }

    @Test
    void twoOriginsAreNone() throws Exception {
        assertThat(status(servers.start(), "x.example", "Origin: http://x.example", "Origin: http://evil.example"))
                .isEqualTo(400);
    }

    @Test
    void aTrustedProxySaysWhichHostItWasAskedFor() throws Exception {
        var trusting = servers.start(builder -> builder.trustProxy(ProxyTrust.hops(1)));
        var forwarded =
                servers.start(builder -> builder.trustProxy(ProxyTrust.hops(1).byForwarded()));
        var origin = "Origin: https://x.example";
        assertThat(status(trusting, "inner:3000", origin)).isEqualTo(400);
        assertThat(status(trusting, "inner:3000", origin, "X-Forwarded-Host: x.example"))
                .isEqualTo(101);
        assertThat(status(trusting, "inner:3000", origin, "X-Forwarded-Host: y.example"))
                .isEqualTo(400);
        assertThat(status(trusting, "inner:3000", origin, "Forwarded: host=x.example"))
                .isEqualTo(400);
        assertThat(status(forwarded, "inner:3000", origin, "Forwarded: for=1.1.1.1;host=x.example"))
                .isEqualTo(101);
        assertThat(status(forwarded, "inner:3000", origin, "X-Forwarded-Host: x.example"))
                .isEqualTo(400);
        assertThat(status(servers.start(), "inner:3000", origin, "X-Forwarded-Host: x.example"))
                .isEqualTo(400);
    }

    @Test
    void anEncryptedConnectionIsNoneOfAPlainPage() throws Exception {
        var server = servers.start(builder -> builder.trustProxy(ProxyTrust.hops(1)));
        var encrypted = "X-Forwarded-Proto: https";
        assertThat(status(server, "x.example", "Origin: https://x.example", encrypted))
                .isEqualTo(101);
        assertThat(status(server, "x.example", "Origin: http://x.example", encrypted))
                .isEqualTo(400);
    }

    @Test
    void varyNamesAllThatTheAnswerDependsOn() throws Exception {
        var server = servers.start(builder -> builder.cors(Cors.origins("https://app.example")));
        try (var wire = Wire.to(server)) {
            assertThat(wire.get("/socket.io/socket.io.js").header("vary")).isEqualTo("Accept-Encoding, Origin");
            assertThat(wire.get("/socket.io/?EIO=4&transport=polling").header("vary"))
                    .isEqualTo("Origin");
        }
    }
}
