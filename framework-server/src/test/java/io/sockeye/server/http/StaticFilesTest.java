package io.sockeye.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
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
        "/sub/a-b_c.1.txt, text/plain; charset=utf-8, text"
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

    private HttpResponse request(String method, String uri) throws IOException {
        return files.handle(new HttpRequest(method, uri, List.of(), "127.0.0.1", false, Bytes.EMPTY));
    }
}
