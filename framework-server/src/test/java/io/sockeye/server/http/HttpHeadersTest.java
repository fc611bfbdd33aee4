package io.sockeye.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHeadersTest {
    private static final HttpHeaders COOKIES =
            HttpHeaders.of("Set-Cookie", "a=1").and("X-One", "1").and("set-cookie", "b=2");

    @Test
    void aNameMayOccurSeveralTimes() {
        assertThat(COOKIES.all("SET-COOKIE")).containsExactly("a=1", "b=2");
        assertThat(COOKIES.first("set-cookie")).contains("a=1");
        assertThat(COOKIES.all("cookie")).isEmpty();
        assertThat(COOKIES.first("cookie")).isEmpty();
        assertThat(COOKIES.size()).isEqualTo(3);
        assertThat(COOKIES).hasToString("[Set-Cookie, a=1, X-One, 1, set-cookie, b=2]");
    }

    @Test
    void anotherValueReplacesAllOfItsName() {
        assertThat(COOKIES.with("SET-COOKIE", "c=3"))
                .isEqualTo(HttpHeaders.of("X-One", "1").and("SET-COOKIE", "c=3"));
        assertThat(COOKIES.without("set-cookie")).isEqualTo(HttpHeaders.of(Map.of("X-One", "1")));
        assertThat(COOKIES.without("x-two")).isSameAs(COOKIES);
        assertThat(COOKIES.size()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: b=c", "a\nb", "\r", "a\u0000", " a", "\ta", " "})
    void refusesAValueThatWouldBreakTheLine(String value) {
        assertThatThrownBy(() -> HttpHeaders.NONE.and("X-One", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpHeaders.of(Map.of("X-One", value))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a b\tc ", "ä", "\u0080"})
    void takesAllOthers(String value) {
        assertThat(HttpHeaders.of("X-One", value).first("x-one")).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\r\nb", "ä"})
    void refusesWhatIsNoName(String name) {
        assertThatThrownBy(() -> HttpHeaders.of(name, "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpHeaders.NONE.with(name, "1")).isInstanceOf(IllegalArgumentException.class);
    }
}
