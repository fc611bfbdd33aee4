package io.sockeye.server.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.http.Query;
import io.sockeye.server.internal.http.Legacy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonpFormatTest {
    private final JsonpFormat format = new JsonpFormat(Framing.revision3(true), "7");

    @Test
    void answersWithAScript() {
        var answer = format.answer(List.of(message("a\"\\\n\u2028\u2029</script>é😀"), binary(1, 2, 3)));
        assertThat(Bytes.join(answer.body()).utf8())
                .isEqualTo("___eio[7](\"19:4a\\\"\\\\\\u000a\\u2028\\u2029\\u003c/script>é😀6:b4AQID\");");
        assertThat(answer.headers().first("Content-Type")).hasValue("text/javascript; charset=UTF-8");
        assertThat(answer.headers().first("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().first("Cache-Control")).hasValue("no-store");
    }

    /** Markup, line ends and the beginnings of such, in an answer that is nearly all of it. */
    @Test
    void escapesTextThatIsNothingElse() {
        assertThat(script("<<\u2028\u2029\u2027\u2028").replace("\\u", "u"))
                .isEqualTo("___eio[7](\"7:4u003cu003cu2028u2029\u2027u2028\");");
        assertTimeout(
                Duration.ofSeconds(3),
                () -> assertThat(script("<".repeat(8_000_000)))
                        .hasSize(48_000_000 + "___eio[7](\"8000001:4\");".length()));
    }

    private String script(String text) {
        return Bytes.join(format.answer(List.of(message(text))).body()).utf8();
    }

    @Test
    void answersInTheFormatOfTheRevision() {
        var latest = new JsonpFormat(Framing.revision4(), "12");
        assertThat(Bytes.join(latest.answer(List.of(message("a"), binary(1, 2, 3)))
                                .body())
                        .utf8())
                .isEqualTo("___eio[12](\"4a\\u001ebAQID\");");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            0                  | ___eio[0](
            007                | ___eio[007](
            1];alert(2)//      | ___eio[12](
            constructor3       | ___eio[3](
            """)
    void takesTheDigitsOfTheCallbackAlone(String callback, String head) {
        var script = new JsonpFormat(Framing.revision4(), callback).answer(List.of(EnginePacket.PING));
        assertThat(Bytes.join(script.body()).utf8()).isEqualTo(head + "\"2\");");
    }

    @ParameterizedTest
    @CsvSource({"'', false", "abc, false", "'١٢', false", "a1, true"})
    void aCallbackNeedsADigit(String callback, boolean expected) {
        assertThat(JsonpFormat.hasDigits(callback)).isEqualTo(expected);
    }

    /** The client turns {@code \n} into backslash and line feed, then each line feed into {@code \n}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            d=4%3A4abc          | 4:4abc
            x=1&d=2%3A4+        | "2:4 "
            d=a%5Cnb            | a⏎b
            d=a%5C%5Cnb         | a\\nb
            d=a%5C%5C%5Cnb      | a\\\\nb
            d=%5C%5C            | \\\\
            d=%F0%9F%98%80      | 😀
            d=4%ZZ              | 4%ZZ
            d=                  | ""
            e=1                 | ""
            ""                  | ""
            """)
    void readsTheFieldOfAForm(String body, String payload) {
        assertThat(format.payload(Bytes.ofUtf8(body)).utf8()).isEqualTo(payload.replace('⏎', '\n'));
    }

    @Test
    void cve2020_36048_readsAFormOfManyFieldsInLinearTime() {
        assertTimeout(Duration.ofSeconds(5), () -> {
            assertThat(format.payload(Bytes.ofUtf8("&".repeat(2_000_000)))).isEqualTo(Bytes.EMPTY);
            var slashes = Bytes.ofUtf8("d=" + "\\".repeat(2_000_000));
            assertThat(format.payload(slashes).length()).isEqualTo(2_000_000);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "EIO=4, false, false, -",
        "EIO=4&j=1, false, false, BAD_REQUEST",
        "EIO=4&j=1, false, true, -",
        "EIO=4&j=, false, true, BAD_REQUEST",
        "EIO=4&j=a, false, true, BAD_REQUEST",
        "EIO=3, false, true, UNSUPPORTED_PROTOCOL_VERSION",
        "EIO=3&j=1, false, true, UNSUPPORTED_PROTOCOL_VERSION",
        "EIO=3, true, false, -",
        "EIO=3&j=1, true, false, BAD_REQUEST",
        "EIO=5, false, false, UNSUPPORTED_PROTOCOL_VERSION",
        "'', false, false, UNSUPPORTED_PROTOCOL_VERSION",
        "'', true, false, -",
    })
    void checksWhatAPollAsksFor(String query, boolean revision3, boolean jsonp, String expected) {
        var error = RevisionQuery.of(new Query(query)).check(new Legacy(revision3, jsonp), TransportKind.POLLING);
        assertThat(error == null ? "-" : error.name()).isEqualTo(expected);
    }

    @Test
    void aWebSocketKnowsNoScripts() {
        var query = RevisionQuery.of(new Query("EIO=4&j=x"));
        assertThat(query.check(Legacy.NONE, TransportKind.WEBSOCKET)).isNull();
        assertThat(query.framing()).isEqualTo(Framing.revision4());
    }

    @Test
    void scriptsOfRevision3CarryBytesAsText() {
        assertThat(RevisionQuery.of(new Query("EIO=3&j=0")).pollFormat().framing())
                .isEqualTo(Framing.revision3(true));
        assertThat(RevisionQuery.of(new Query("EIO=3&b64=1")).pollFormat().framing())
                .isEqualTo(Framing.revision3(true));
        assertThat(RevisionQuery.of(new Query("EIO=3&b64=")).pollFormat().framing())
                .isEqualTo(Framing.revision3(false));
        assertThat(RevisionQuery.of(new Query("EIO=4&b64=1")).pollFormat().framing())
                .isEqualTo(Framing.revision4());
    }

    private static EnginePacket message(String text) {
        return EnginePacket.message(Bytes.ofUtf8(text));
    }

    private static EnginePacket binary(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return EnginePacket.binaryMessage(Bytes.wrap(bytes));
    }
}
