package io.sockeye.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.http.HttpCompression;
import io.sockeye.server.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Compressed answers to polls. */
@Timeout(30)
class HttpCompressionIT {
    private static final String GZIP = "Accept-Encoding: gzip, deflate, br";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    @Test
    void longAnswersAreCompressedForWhoAcceptsThat() throws Exception {
        var server = servers.start();
        try (var client = PollingClient.join(server)) {
            server.emit("long", "ü".repeat(600));
            var reply = client.down().get(client.target(), GZIP);
            assertThat(reply.header("content-encoding")).isEqualTo("gzip");
            assertThat(reply.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
            assertThat(reply.header("vary")).isEmpty(); // Nobody caches it: no-store.
            assertThat(Integer.parseInt(reply.header("content-length"))).isLessThan(200);
            assertThat(gunzip(reply)).isEqualTo("42[\"long\",\"" + "ü".repeat(600) + "\"]");
            server.emit("long", "ü".repeat(600));
            var plain = client.down().get(client.target());
            assertThat(plain.header("content-encoding")).isEmpty();
            assertThat(plain.body()).isEqualTo("42[\"long\",\"" + "ü".repeat(600) + "\"]");
        }
    }

    @Test
    void shortAnswersAreNot() throws Exception {
        var server = servers.start();
        try (var client = PollingClient.join(server)) {
            server.emit("a", "x".repeat(1023 - 10));
            assertThat(client.down().get(client.target(), GZIP).body()).hasSize(1023);
            server.emit("a", "x".repeat(1024 - 10));
            assertThat(gunzip(client.down().get(client.target(), GZIP))).hasSize(1024);
        }
    }

    @Test
    void hugeAnswersAreNotEither() throws Exception {
        var server = servers.start();
        try (var client = PollingClient.join(server)) {
            server.emit("a", "x".repeat((1 << 20) - 9));
            var reply = client.down().get(client.target(), GZIP);
            assertThat(reply.header("content-encoding")).isEmpty();
            assertThat(reply.body()).hasSize((1 << 20) + 1);
        }
    }

    @Test
    void onePacketThatWantsItIsEnough() throws Exception {
        var server = servers.start();
        String text = "x".repeat(2000);
        try (var client = PollingClient.join(server)) {
            server.compress(false).emit("a", text);
            server.compress(false).emit("a", text);
            assertThat(client.down().get(client.target(), GZIP).packets()).hasSize(2);
            server.compress(false).emit("a", text);
            server.emit("a", text);
            assertThat(gunzip(client.down().get(client.target(), GZIP)).split("\u001e"))
                    .hasSize(2);
        }
    }

    @Test
    void mayBeTurnedOffOrBeginElsewhere() throws Exception {
        var off = servers.start(builder -> builder.httpCompression(HttpCompression.OFF));
        try (var client = PollingClient.join(off)) {
            off.emit("long", "x".repeat(2000));
            assertThat(client.down().get(client.target(), GZIP).body()).hasSize(2013);
        }
        var early = servers.start(builder -> builder.httpCompression(HttpCompression.from(100)));
        try (var wire = Wire.to(early)) {
            assertThat(gunzip(wire.get("/socket.io/?EIO=4&transport=polling", GZIP)))
                    .startsWith("0{\"sid\":");
        }
    }

    @Test
    void ownRoutesAndErrorsStayAsTheyAre() throws Exception {
        var server = servers.start(builder -> builder.httpCompression(HttpCompression.from(0))
                .http(request -> HttpResponse.text(200, "x".repeat(2000))));
        try (var wire = Wire.to(server)) {
            assertThat(wire.get("/", GZIP).body()).hasSize(2000);
            assertThat(wire.get("/socket.io/?EIO=4&transport=no", GZIP).body())
                    .isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
        }
    }

    private static String gunzip(Reply reply) throws IOException {
        assertThat(reply.header("content-encoding")).isEqualTo("gzip");
        var gzip = new GZIPInputStream(new ByteArrayInputStream(reply.content().toByteArray()));
        return new String(gzip.readAllBytes(), UTF_8);
    }
}
