package io.sockeye.server.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
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
    @ValueSource(strings = {"a", "ftp://other/a", "http://", "http:///a", "http://user@other/a", "other:443", "**", ""})
    void targetsOfOtherFormsAreRefused(String target) {
        assertThat(HeadRules.check(head(target))).isEqualTo(new HeadRules.Refusal(400, "Bad Request"));
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
