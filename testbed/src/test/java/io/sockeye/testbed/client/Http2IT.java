package io.sockeye.testbed.client;

import static io.sockeye.testbed.client.Waiting.connect;
import static io.sockeye.testbed.client.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import io.sockeye.protocol.TransportKind;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client over an HTTP client of the user's that speaks HTTP/2, with npm's server behind TLS. */
final class Http2IT {
    @TempDir
    private Path directory;

    @Test
    void pollsOverHttp2AndGoesOnOverWebSocket() throws Exception {
        var certificate = Certificate.create(directory, "ip:127.0.0.1");
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(certificate.trusting())
                .build();
        try (var server = NodeServer.start(Map.of("pfx", certificate.base64()));
                var polling =
                        client(server, http).transports(TransportKind.POLLING).build();
                var upgrading = client(server, http).build()) {
            connect(polling);
            connect(upgrading);
            assertThat(get(polling.request("echo", String.class, "over HTTP/2")))
                    .isEqualTo("over HTTP/2");
            assertThat(get(upgrading.request("echo", byte[].class, new byte[] {1, 2, 3})))
                    .containsExactly(1, 2, 3);
            assertThat(server.run("handshakes").valueStream())
                    .filteredOn(request -> request.get("url").asString().contains("transport=polling"))
                    .hasSizeGreaterThan(4)
                    .allMatch(request -> request.get("httpVersion").asString().equals("2.0"));
        }
    }

    private static SocketClientBuilder client(NodeServer server, HttpClient http) {
        return SocketClient.builder(server.url().replace("http:", "https:")).httpClient(http);
    }
}
