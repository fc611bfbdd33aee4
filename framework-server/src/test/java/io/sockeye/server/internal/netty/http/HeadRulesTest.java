package io.sockeye.server.internal.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadRulesTest {
    private static HttpRequest head(String target) {
        var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
        head.headers().set("Host", "named");
        return head;
    }

    @Test
    void aCheckChangesNothing() {
        var head = head("http://other/a");
        assertThat(HeadRules.check(head)).isNull();
        assertThat(head.uri() + " of " + head.headers().get("Host")).isEqualTo("http://other/a of named");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "ftp://other/a",
                "http://",
                "http:///a",
                "http://user@other/a",
                "other:443",
                "**",
                "",
                "http://<a>/",
                "http://a:b/",
                "http://:80/"
            })
    void targetsOfOtherFormsAreRefused(String target) {
        assertThat(HeadRules.check(head(target))).isEqualTo(new HeadRules.Refusal(400, "Bad Request"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a.example:3000",
                "a.example:",
                "127.0.0.1:1",
                "[::1]",
                "[::1]:3000",
                "[fe80::1%25eth0]:1",
                "a_b",
                "b%C3%BCcher.example",
                "xn--bcher-kva.example",
                "a,b",
                "a:99999999"
            })
    void hostsAsTheyMayBe(String host) {
        var head = head("/a");
        head.headers().set("Host", host);
        assertThat(HeadRules.check(head)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a/b",
                "a@b",
                "a?b",
                "a#b",
                "a\\b",
                "a:b:c",
                "a:b",
                "a:-1",
                "<a>",
                "\"a\"",
                "[::1",
                "::1",
                "a]",
                "[]",
                "[::1]a",
                "b\u00fccher.example",
                "http://a"
            })
    void hostsThatAreNoneAreRefused(String host) {
        for (var version : List.of(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1)) {
            var head = head("/a").setProtocolVersion(version);
            head.headers().set("Host", host);
            assertThat(HeadRules.check(head)).isEqualTo(new HeadRules.Refusal(400, "Bad Request"));
        }
    }

    @Test
    void aLongHostNeedsNoDeepStack() {
        var head = head("/a");
        head.headers().set("Host", "%61".repeat(300_000));
        assertThat(HeadRules.check(head)).isNull();
        head.headers().set("Host", "%61".repeat(300_000) + "/");
        assertThat(HeadRules.check(head)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "chunked, 0",
        "CHUNKED, 0",
        "', chunked', 0",
        "'gzip, chunked', 501",
        "'identity,chunked', 501",
        "'chunked,', 400",
        "'chunked, chunked', 400",
        "'chunked, gzip', 400",
        "'chunked, gzip, chunked', 400",
        "gzip, 400",
        "'', 400",
        "chunked;q=1, 400"
    })
    void bodiesThatNobodyCanReadAreRefused(String codings, int status) {
        var head = head("/a");
        head.headers().set("Transfer-Encoding", codings);
        var refusal = HeadRules.check(head);
        assertThat(refusal == null ? 0 : refusal.status()).isEqualTo(status);
    }

    @Test
    void codingsMayBeInSeveralLines() {
        var head = head("/a");
        head.headers().add("Transfer-Encoding", List.of("gzip", "chunked"));
        assertThat(HeadRules.check(head)).isEqualTo(new HeadRules.Refusal(501, "Not Implemented"));
    }

    @ParameterizedTest
    @CsvSource({
        "/a?b, /a?b of named",
        "*, * of named",
        "http://other, / of other",
        "HTTPS://other:1/a?b, /a?b of other:1",
        "ws://other?b, /?b of other"
    })
    void aWholeAddressBecomesItsPath(String target, String expected) {
        var head = head(target);
        assertThat(HeadRules.check(head)).isNull();
        RequestTarget.shorten(head);
        assertThat(head.uri() + " of " + head.headers().get("Host")).isEqualTo(expected);
    }
}
