package io.sockeye.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseTest {
    private record Point(int x, int y) {}

    @Test
    void aValueIsWrittenAsJson() {
        var response = HttpResponse.json(201, new Point(1, 2));
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers().first("Content-Type")).contains("application/json");
        assertThat(response.body().utf8()).isEqualTo("{\"x\":1,\"y\":2}");
        assertThat(HttpResponse.json(200, null).body().utf8()).isEqualTo("null");
        assertThat(HttpResponse.json(200, List.of("ü")).body().utf8()).isEqualTo("[\"ü\"]");
        assertThatIllegalArgumentException().isThrownBy(() -> HttpResponse.json(200, new byte[1]));
    }

    @Test
    void anotherHeaderMakesAnotherAnswer() {
        var response = HttpResponse.text(200, "hi");
        var more = response.with("X-One", "1").with("X-One", "2");
        assertThat(more.headers())
                .isEqualTo(HttpHeaders.of("Content-Type", "text/plain; charset=utf-8")
                        .and("X-One", "2"));
        assertThat(more.and("X-One", "3").headers().all("x-one")).containsExactly("2", "3");
        assertThat(response.headers().size()).isEqualTo(1);
        assertThat(more.body().utf8()).isEqualTo("hi");
    }

    @Test
    void namesTheUsualAnswers() {
        assertThat(HttpResponse.notFound().status()).isEqualTo(404);
        assertThat(HttpResponse.ok("image/png", Bytes.EMPTY))
                .isEqualTo(new HttpResponse(200, Map.of("Content-Type", "image/png"), Bytes.EMPTY));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 100, 101, 199, 1000})
    void refusesWhatIsNoFinalStatus(int status) {
        assertThatThrownBy(() -> HttpResponse.text(status, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("status: " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: b=c", "a\nb", "a\u0000b", "\r", "a\u007fb"})
    void refusesAValueThatWouldBreakTheLine(String value) {
        assertThatThrownBy(() -> HttpResponse.notFound().with("X-One", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-One");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\r\n", "ä"})
    void refusesWhatIsNoNameOfAHeader(String name) {
        assertThatThrownBy(() -> HttpResponse.notFound().with(name, "1")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a b;c=\"d\", e", "a\tb", "ü"})
    void takesAnyOtherValue(String value) {
        assertThat(HttpResponse.notFound().with("X-One", value).headers().first("x-one"))
                .contains(value);
    }
}
