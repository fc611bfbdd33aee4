package io.sockeye.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {
    private final StaticFiles files = StaticFiles.of(StaticFilesTest.class, "/web");

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8, index",
        "/index.html, text/html; charset=utf-8, index",
        "/sub/, text/html; charset=utf-8, sub",
        "/app.js, text/javascript; charset=utf-8, app()",
        "/app.js?v=1, text/javascript; charset=utf-8, app()",
        "/%61pp.js, text/javascript; charset=utf-8, app()",
        "/style.css, text/css; charset=utf-8, body {}",
        "/sub/data.json, application/json, {}",
        "/sub/a-b_c.1.txt, text/plain; charset=utf-8, text",
        "/types.jpg, image/jpeg, jpg",
        "/types.jpeg, image/jpeg, jpeg",
        "/types.gif, image/gif, gif",
        "/types.mjs, text/javascript; charset=utf-8, mjs",
        "/types.map, application/json, map",
        "/types.wasm, application/wasm, wasm",
        "/types.ttf, font/ttf, ttf",
        "/types.webmanifest, application/manifest+json, webmanifest",
        "/types.htm, text/html; charset=utf-8, htm",
        "/types.mp3, audio/mpeg, mp3",
        "/types.xml, application/xml, xml",
        "/types.pdf, application/pdf, pdf",
        "/types.webp, image/webp, webp",
        "/types.woff2, font/woff2, woff2",
        "/types.ico, image/vnd.microsoft.icon, ico",
        "/types.unknown, application/octet-stream, unknown",
        "/.well-known/security.txt, text/plain; charset=utf-8, contact",
        "/with%20space.txt, text/plain; charset=utf-8, space"
    })
    void servesAFileWithItsType(String uri, String type, String content) throws IOException {
        var response = request("GET", uri);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body().utf8().strip()).isEqualTo(content);
        assertThat(response.headers().first("Content-Type")).contains(type);
        assertThat(response.headers().first("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void answersHeadLikeGet() throws IOException {
        assertThat(request("HEAD", "/app.js")).isEqualTo(request("GET", "/app.js"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/missing.js",
                "/sub",
                "/missing/",
                "/app.exe",
                "/secret",
                "/.html",
                "/.hidden.txt",
                "/sub/.",
                "/sub/./data.json",
                "/app.js.",
                "/app.js%20",
                "/app.js/",
                "/sub/app.js::$DATA",
                "/c:/secret.txt",
                "/%00",
                "/with+space.txt",
                "/../secret.txt",
                "/sub/../../secret.txt",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/sub/..%5c..%5csecret.txt",
                "/..\\secret.txt",
                "//secret.txt",
                "/%2fsecret.txt",
                "/sub//data.json",
                "/./app.js%00.html",
                "/app.js%00.txt",
                "/app.js\u0000.txt",
                "secret.txt",
                "/file:secret.txt",
                "/io/sockeye/server/SocketServer.class",
                "/%E2%80%A6.txt",
                "*"
            })
    void servesNothingElse(String uri) throws IOException {
        assertThat(request("GET", uri).status()).isEqualTo(404);
    }

    /** Whose class loader has one jar. */
    private static final class Owner {}

    @Test
    void namesInAJarMayHaveAnyLetters(@TempDir Path folder) throws Exception {
        var jar = folder.resolve("a.jar");
        var owner = Owner.class.getName();
        try (var out = new ZipOutputStream(Files.newOutputStream(jar));
                var code = Owner.class.getResourceAsStream("StaticFilesTest$Owner.class")) {
            out.putNextEntry(new ZipEntry(owner.replace('.', '/') + ".class"));
            out.write(Objects.requireNonNull(code).readAllBytes());
            out.putNextEntry(new ZipEntry("web/"));
            out.putNextEntry(new ZipEntry("web/grüße an alle.html"));
            out.write("hi".getBytes(UTF_8));
        }
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            var there = StaticFiles.of(loader.loadClass(owner), "/web");
            assertThat(there.handle(get("/gr%C3%BC%C3%9Fe%20an%20alle.html"))
                            .body()
                            .utf8())
                    .isEqualTo("hi");
            assertThat(there.handle(get("/grüße")).status()).isEqualTo(404);
        }
    }

    @Test
    void compressesWhatIsWorthIt() throws IOException {
        var plain = request("GET", "/large.js");
        var small = request("GET", "/app.js", "Accept-Encoding", "gzip");
        var compressed = request("GET", "/large.js", "Accept-Encoding", "br, gzip");
        assertThat(plain.headers().first("Content-Encoding")).isEmpty();
        assertThat(plain.headers().first("Vary")).contains("Accept-Encoding");
        assertThat(small.headers().first("Content-Encoding")).isEmpty();
        assertThat(compressed.headers().first("Content-Encoding")).contains("gzip");
        assertThat(compressed.headers().first("Vary")).contains("Accept-Encoding");
        try (var unzipped =
                new GZIPInputStream(new ByteArrayInputStream(compressed.body().toByteArray()))) {
            assertThat(Bytes.wrap(unzipped.readAllBytes())).isEqualTo(plain.body());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gzip         | true
            GZIP;q=0.5   | true
            gzip;q=.5    | true
            br, gzip     | true
            *            | true
            gzip;q=0     | false
            gzip; q=0.000| false
            *, gzip;q=0  | false
            *;q=0        | false
            gzip;q=x     | false
            gzipped      | false
            identity     | false
            ''           | false
            """)
    void asksWhetherTheClientTakesIt(String accepted, boolean compressed) throws IOException {
        var response = request("GET", "/large.js", "Accept-Encoding", accepted);
        assertThat(response.headers().first("Content-Encoding").isPresent()).isEqualTo(compressed);
    }

    @Test
    void whoHasTheFileGetsItNotAgain() throws IOException {
        var first = request("GET", "/large.js", "Accept-Encoding", "gzip");
        var tag = first.headers().first("ETag").orElseThrow();
        assertThat(tag).matches("\"[0-9a-f]{32}-gzip\"");
        for (var known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
            var again = request("GET", "/large.js", "Accept-Encoding", "gzip", "If-None-Match", known);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEqualTo(Bytes.EMPTY);
            assertThat(again.headers().first("ETag")).contains(tag);
        }
        assertThat(request("GET", "/large.js", "If-None-Match", tag).status()).isEqualTo(200); // Other bytes.
        assertThat(request("GET", "/app.js", "If-None-Match", tag).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/org/assertj", "/org/assertj/core/api", "/org/assertj/core/api/", "/META-INF"})
    void aFolderOfAJarIsNoFile(String folder) throws IOException {
        var jar = StaticFiles.of(org.assertj.core.api.Assertions.class, "/org");
        assertThat(jar.handle(get(folder.replaceFirst("^/org", ""))).status()).isEqualTo(404);
        assertThat(jar.handle(get("/assertj/core/api/Assertions.class")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"})
    void onlyGetAndHeadAreAllowed(String method) throws IOException {
        var response = request(method, "/app.js");
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers().all("Allow")).containsExactly("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "/web/", "/", ""})
    void wantsAnAbsoluteFolder(String folder) {
        assertThatThrownBy(() -> StaticFiles.of(StaticFilesTest.class, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder);
    }

    private static HttpRequest get(String uri) {
        return new HttpRequest("GET", uri, List.of(), "127.0.0.1", false, Bytes.EMPTY);
    }

    private HttpResponse request(String method, String uri, String... headers) throws IOException {
        return files.handle(new HttpRequest(method, uri, List.of(headers), "127.0.0.1", false, Bytes.EMPTY));
    }
}
