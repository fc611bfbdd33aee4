package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import java.io.ByteArrayInputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ClientFilesIT {
    private static final String FILE = "/socket.io/socket.io.js";

    @RegisterExtension
    private final ServerUnderTest servers = new ServerUnderTest();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socket.io.js",
                "socket.io.js.map",
                "socket.io.min.js",
                "socket.io.min.js.map",
                "socket.io.esm.min.js",
                "socket.io.esm.min.js.map",
                "socket.io.msgpack.min.js",
                "socket.io.msgpack.min.js.map"
            })
    void allEightFilesAreServed(String name) throws Exception {
        try (var wire = Wire.to(servers.start())) {
            var plain = wire.get("/socket.io/" + name);
            assertThat(plain.status()).isEqualTo(200);
            assertThat(plain.content().length()).isGreaterThan(10_000);
            assertThat(plain.header("content-type"))
                    .isEqualTo((name.endsWith(".map") ? "application/json" : "application/javascript")
                            + "; charset=utf-8");
            assertThat(plain.header("content-encoding")).isEmpty();
            assertThat(plain.header("vary")).isEqualTo("Accept-Encoding");
            assertThat(wire.get("/socket.io/" + name, "Accept-Encoding: deflate, gzip;q=0")
                            .header("content-encoding"))
                    .isEmpty();
            var compressed = wire.get("/socket.io/" + name, "Accept-Encoding: deflate", "Accept-Encoding: gzip;q=0.5");
            assertThat(compressed.header("content-encoding")).isEqualTo("gzip");
            assertThat(compressed.content().length()).isLessThan(plain.content().length() / 2);
            assertThat(unzip(compressed.content())).isEqualTo(plain.content());
        }
    }

    private static Bytes unzip(Bytes compressed) throws Exception {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed.toByteArray()))) {
            return Bytes.wrap(in.readAllBytes());
        }
    }

    @Test
    void whatTheBrowserHasIsNotSentAgain() throws Exception {
        try (var wire = Wire.to(servers.start())) {
            String etag = wire.get(FILE + "?v=4").header("etag");
            assertThat(etag).matches("\"[0-9a-f]{32}\"");
            for (var known : new String[] {etag, "W/" + etag, "\"other\", " + etag}) {
                var again = wire.get(FILE, "If-None-Match: " + known);
                assertThat(again.status()).isEqualTo(304);
                assertThat(again.header("etag")).isEqualTo(etag);
                // RFC 9110, 8.6: it would have to be the length of the file.
                assertThat(again.header("content-length")).isEmpty();
            }
            assertThat(wire.get(FILE, "If-None-Match: \"other\"").status()).isEqualTo(200);
        }
    }

    @Test
    void headHasNoBody() throws Exception {
        try (var wire = Wire.to(servers.start())) {
            int length = wire.get(FILE).content().length();
            var head = wire.request("HEAD", FILE, "").replyToHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isEqualTo(String.valueOf(length));
            assertThat(wire.get("/elsewhere").status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.js", "../io/sockeye/server/SocketServer.class", "%2e%2e/x.js", "socket.io.js/", ""})
    void nothingElseIsServed(String name) throws Exception {
        try (var wire = Wire.to(servers.start())) {
            var reply = wire.get("/socket.io/" + name);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
        }
    }

    @Test
    void noFileIsServedIfTheUserDoesNotWantThat() throws Exception {
        try (var wire = Wire.to(servers.start(builder -> builder.serveClient(false)))) {
            assertThat(wire.get(FILE).status()).isEqualTo(400);
        }
    }

    @Test
    void theFilesAreBelowThePath() throws Exception {
        try (var wire = Wire.to(servers.start(builder -> builder.path("/chat")))) {
            assertThat(wire.get("/chat/socket.io.min.js").status()).isEqualTo(200);
            assertThat(wire.get(FILE).status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/socket.io", "/chat", "/"})
    void aPathNeedsNoSlashAtItsEnd(String path) throws Exception {
        var server = servers.start(builder -> builder.path(path).addTrailingSlash(false));
        var slashed = path.endsWith("/") ? path : path + "/";
        try (var wire = Wire.to(server)) {
            assertThat(wire.get(path + "?EIO=4&transport=polling").body()).startsWith("0{");
            assertThat(wire.get(slashed + "?EIO=4&transport=polling").body()).startsWith("0{");
            assertThat(wire.get(slashed + "socket.io.min.js").status()).isEqualTo(200);
        }
    }

    @Test
    void itNeedsOneByDefault() throws Exception {
        try (var wire = Wire.to(servers.start())) {
            assertThat(wire.get("/socket.io?EIO=4&transport=polling").status()).isEqualTo(404);
            assertThat(wire.get("/socket.io2/?EIO=4&transport=polling").status())
                    .isEqualTo(404);
        }
        try (var wire = Wire.to(servers.start(builder -> builder.addTrailingSlash(false)))) {
            assertThat(wire.get("/socket.io2?EIO=4&transport=polling").status()).isEqualTo(404);
        }
    }
}
