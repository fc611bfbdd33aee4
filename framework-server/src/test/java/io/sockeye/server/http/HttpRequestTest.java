package io.sockeye.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.sockeye.bytes.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestTest {
    @ParameterizedTest
    @CsvSource({
        "/p?a=1, 1",
        "/p?b=2&a=1, 1",
        "/p?a=1&a=2, 1",
        "/p?a=x%20y, x y",
        "/p?a=x+y, x y",
        "/p?a=%C3%BC, ü",
        "/p?a=1=2, 1=2",
        "/p?%61=1, 1",
        "/p?a=50%, 50%",
        "/p?a=100%25%, 100%%",
        "/p?a=%%41+%4, %A %4",
        "/p?a=%C3%BC%zz, ü%zz",
        "/p?a=%C3%, \uFFFD%",
        "/p?a=%FFx, \uFFFDx",
        "/p?a=%e2%82%ac%, €%",
        "/p?a=%+1, % 1",
        "/p?a=%zz, %zz",
        "/p?a=%2525, %25",
        "/p?&&a=1&, 1",
        "/p?x?a=0&a=1, 1"
    })
    void decodesAParameterOnce(String uri, String value) {
        assertThat(get(uri).query("a")).contains(value);
    }

    @Test
    void headersThatOccurSeveralTimesAreJoinedAsInNode() {
        var headers = List.of(
                "X-Forwarded-For",
                "1.1.1.1",
                "Cookie",
                "a=1",
                "x-forwarded-for",
                "2.2.2.2, 3.3.3.3",
                "cookie",
                "b=2",
                "Authorization",
                "one",
                "authorization",
                "two",
                "User-Agent",
                "x",
                "User-Agent",
                "y");
        var request = new HttpRequest("GET", "/", headers, "", false, Bytes.EMPTY);
        assertThat(request.header("x-forwarded-for")).contains("1.1.1.1, 2.2.2.2, 3.3.3.3");
        assertThat(request.header("COOKIE")).contains("a=1; b=2");
        assertThat(request.header("authorization")).contains("one");
        assertThat(request.headerMap())
                .containsExactly(
                        entry("x-forwarded-for", "1.1.1.1, 2.2.2.2, 3.3.3.3"),
                        entry("cookie", "a=1; b=2"),
                        entry("authorization", "one"),
                        entry("user-agent", "x"));
        assertThat(request.headers()).hasSize(16);
    }

    @Test
    void looksForAParameterInLinearTime() {
        var query = new Query("&".repeat(2_000_000) + "a=1");
        assertTimeout(Duration.ofSeconds(5), () -> assertThat(query.first("a")).contains("1"));
        assertTimeout(Duration.ofSeconds(5), () -> assertThat(query.toMap()).hasSize(1));
    }

    @Test
    void aQueryIsAMap() {
        var query = new Query("a=1&b=%C3%BC+x&a=2&&c&d==&%65=");
        assertThat(query.toMap())
                .containsExactly(
                        Map.entry("a", "2"),
                        Map.entry("b", "ü x"),
                        Map.entry("c", ""),
                        Map.entry("d", "="),
                        Map.entry("e", ""));
        assertThat(new Query("").toMap()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/p, /p?a=1", "/p?, /p?a=1&", "/p?a=2&b=3, /p?a=1&a=2&b=3"})
    void moreQueryComesFirst(String uri, String expected) {
        var request = get(uri).withQueryBefore(new Query("a=1"));
        assertThat(request.uri()).isEqualTo(expected);
        assertThat(request.query("a")).contains("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/p?a", "/p?a=", "/p?a&b=1", "/p?a=&a=2"})
    void aParameterMayBeEmpty(String uri) {
        assertThat(get(uri).query("a")).contains("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/p", "/p?", "/p?b=a", "/a=1", "/p?A=1", "/p?%a=1"})
    void aParameterMayBeAbsent(String uri) {
        assertThat(get(uri).query("a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/a/b?c=d, /a/b", "/a%20b, /a b", "/a+b, /a+b", "/100%, /100%", "/a%2Fb?%2F, /a/b", "*, *"})
    void decodesThePathWithoutTheQuery(String uri, String path) {
        assertThat(get(uri).path()).isEqualTo(path);
    }

    @Test
    void hasAllParametersInOrder() {
        assertThat(get("/p?b=x%20y&a&&b=2&%C3%BC=1=2").query())
                .containsExactly(Map.entry("b", "x y"), Map.entry("a", ""), Map.entry("ü", "1=2"));
        assertThat(get("/p").query()).isEmpty();
        assertThat(get("/p?").query()).isEmpty();
    }

    @Test
    void findsHeadersWithoutCase() {
        var request = new HttpRequest(
                "GET", "/", List.of("Host", "a", "X-One", "1", "x-one", "2"), "127.0.0.1", false, Bytes.EMPTY);
        assertThat(request.header("host")).contains("a");
        assertThat(request.header("X-ONE")).contains("1, 2");
        assertThat(request.header("a")).isEmpty();
    }

    @Test
    void keepsNoListOfItsCaller() {
        var headers = new ArrayList<>(List.of("a", "1"));
        var request = new HttpRequest("GET", "/", headers, "", false, Bytes.EMPTY);
        headers.clear();
        assertThat(request.headers()).containsExactly("a", "1");
        assertThatThrownBy(() -> request.headers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesANameWithoutAValue() {
        assertThatThrownBy(() -> new HttpRequest("GET", "/", List.of("a"), "", false, Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 entries");
    }

    @Test
    void withABodyIsTheSameElse() {
        var request = new HttpRequest("POST", "/p?a=1", List.of("a", "1"), "::1", true, Bytes.EMPTY);
        var full = request.withBody(Bytes.ofUtf8("body"));
        assertThat(full.body().utf8()).isEqualTo("body");
        assertThat(full.method()).isEqualTo("POST");
        assertThat(full.uri()).isEqualTo("/p?a=1");
        assertThat(full.headers()).containsExactly("a", "1");
        assertThat(full.remoteAddress()).isEqualTo("::1");
        assertThat(full.secure()).isTrue();
        assertThat(request.body().isEmpty()).isTrue();
        assertThat(full).hasToString("POST /p?a=1");
    }

    private static HttpRequest get(String uri) {
        return new HttpRequest("GET", uri, List.of(), "127.0.0.1", false, Bytes.EMPTY);
    }
}
