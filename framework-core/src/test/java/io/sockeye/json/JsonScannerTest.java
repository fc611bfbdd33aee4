package io.sockeye.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.sockeye.bytes.Bytes;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

class JsonScannerTest {
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(512).build())
            .build();

    private final Json json = Json.standard();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                " [ ] ",
                "\t[1]\r\n",
                "[0,-0,10,-1.5,1e5,1E+5,0.0e-0]",
                "[[],[[]],{},[{}]]",
                "[{\"a\":1,\"a\":2}]",
                "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00Ff\"]",
                "[\"\\ud800\"]",
                "[\"\u007f\u0080😀\"]",
                "[true,false,null]",
                "[{ \"a\" : { \"b\" : [ 1 , 2 ] } , \"c\" : null }]",
                "[\"]\",\"}\",\",\"]"
            })
    void acceptsJson(String text) {
        assertThatCode(() -> read(text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1]]",
                "[1] x",
                "[1],[2]",
                "[[1]",
                "[1}]",
                "{}",
                "1",
                "\"a\"",
                "null",
                "[01]",
                "[-]",
                "[+1]",
                "[1.]",
                "[.5]",
                "[1e]",
                "[1e+]",
                "[0x1]",
                "[NaN]",
                "[Infinity]",
                "[-Infinity]",
                "[tru]",
                "[TRUE]",
                "[truex]",
                "[nul",
                "[undefined]",
                "['a']",
                "[\"a]",
                "[\"a\\\"]",
                "[\"\\x41\"]",
                "[\"\\u12g4\"]",
                "[\"\\u123\"]",
                "[\"\\u+123\"]",
                "[\"\n\"]",
                "[\"\t\"]",
                "[\"\u0000\"]",
                "[{]",
                "[{\"a\"}]",
                "[{\"a\":}]",
                "[{\"a\":1,}]",
                "[{a:1}]",
                "[{1:1}]",
                "[{\"a\" 1}]",
                "[{\"a\":1 \"b\":2}]",
                "[{\"a\":1]",
                "[{,}]",
                "[/**/]",
                "[1]//",
                "\ufeff[]",
                "[\u00a0]",
                "[1\u0000]",
                "[\u0661]",
                "[\"\\",
                "[\"\\u",
                "[-",
                "[1.0",
                "[\f1]"
            })
    void refusesWhatIsNoJsonArray(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00ff",
                "\u00c0\u0080",
                "\u00ed\u00a0\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u00e2\u0082",
                "\u0080"
            })
    void refusesStringsThatAreNoUtf8(String latin1) {
        for (String text : List.of("[\"" + latin1 + "\"]", "[{\"" + latin1 + "\":1}]", "[" + latin1 + "]")) {
            Bytes bytes = Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> json.readArray(bytes, List.of())).isInstanceOf(JsonException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-16"})
    void refusesOtherEncodings(String charset) {
        Bytes bytes = Bytes.wrap("[1]".getBytes(Charset.forName(charset)));
        assertThatThrownBy(() -> json.readArray(bytes, List.of())).isInstanceOf(JsonException.class);
    }

    @Test
    void staysWithinItsSlice() {
        Bytes whole = Bytes.ofUtf8("[[1,2],\"a\"]");
        assertThat(json.readArray(whole.slice(1, 6), List.of()).size()).isEqualTo(2);
        for (int end = 0; end < whole.length(); end++) {
            Bytes cut = whole.slice(0, end);
            assertThatThrownBy(() -> json.readArray(cut, List.of())).isInstanceOf(JsonException.class);
        }
    }

    @Test
    void limitsTheDepth() {
        assertThatCode(() -> read("[".repeat(512) + "]".repeat(512))).doesNotThrowAnyException();
        assertThatThrownBy(() -> read("[".repeat(513) + "]".repeat(513)))
                .hasMessage("nesting deeper than 512 (Json.withMaxDepth)");
        assertThatThrownBy(() -> read("[".repeat(1_000_000))).hasMessage("nesting deeper than 512 (Json.withMaxDepth)");
        assertThatThrownBy(() -> read("{\"a\":".repeat(1_000_000))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> read("[" + "{\"a\":".repeat(1_000_000)))
                .hasMessage("nesting deeper than 512 (Json.withMaxDepth)");
        Json flat = json.withMaxDepth(1);
        assertThat(flat.readArray(Bytes.ofUtf8("[1]"), List.of()).size()).isEqualTo(1);
        assertThatThrownBy(() -> flat.readArray(Bytes.ofUtf8("[[]]"), List.of()))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> json.withMaxDepth(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsToTheDepthThatItAccepts() {
        JsonArray deep = read(
                "[" + "[".repeat(511) + "]".repeat(511) + "," + "{\"a\":".repeat(511) + "1" + "}".repeat(511) + "]");
        assertThat(deep.get(0, Object.class)).isInstanceOf(List.class);
        assertThat(deep.get(1, Object.class)).isNotNull();
        assertThat(deep.get(1, JsonNode.class)).hasSize(1);
        JsonArray deeper =
                json.withMaxDepth(2_000).readArray(Bytes.ofUtf8("[".repeat(2_000) + "]".repeat(2_000)), List.of());
        assertThat(deeper.get(0, Object.class)).isInstanceOf(List.class);
    }

    @Test
    void acceptsHugeNumbersButNoTypeMustTakeThem() {
        JsonArray array = read("[" + "9".repeat(100_000) + ",1e999999999,-1e-999999999]");
        assertThat(array.isNumber(0)).isTrue();
        for (int i = 0; i < 2; i++) {
            int index = i;
            assertThatThrownBy(() -> array.get(index, int.class)).isInstanceOf(JsonException.class);
            assertThatThrownBy(() -> array.get(index, BigInteger.class)).isInstanceOf(JsonException.class);
        }
    }

    @Test
    void readsOneValue() {
        assertThat(json.readValue(Bytes.ofUtf8(" {\"a\":[1]} ")).raw().utf8()).isEqualTo("{\"a\":[1]}");
        assertThat(json.readValue(Bytes.ofUtf8("1")).kind()).isEqualTo(JsonValue.Kind.NUMBER);
        for (String text : List.of("", " ", "1 2", "{} {}", "{", "nulll", "\"a")) {
            assertThatThrownBy(() -> json.readValue(Bytes.ofUtf8(text))).isInstanceOf(JsonException.class);
        }
    }

    @Test
    void agreesWithJacksonOnMutatedTexts() {
        byte[] seed =
                "[\"a\\u00e9\",-1.5e3,{\"k\":[true,null,{}],\"\":\"é😀\"},[[]],0]".getBytes(StandardCharsets.UTF_8);
        byte[] alphabet = "[]{}\",:\\ue0123.-+ntrfalsE \n".getBytes(StandardCharsets.UTF_8);
        var random = new Random(11);
        int accepted = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] text = seed.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                text[random.nextInt(text.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            Bytes bytes = Bytes.wrap(text);
            boolean ours = accepts(bytes);
            if (ours != (bytes.isUtf8() && jacksonAccepts(text))) {
                fail(bytes.utf8());
            }
            accepted += ours ? 1 : 0;
        }
        assertThat(accepted).isBetween(300, 29_700);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|1",
                "[1,\"a\",null]|4",
                "[[],{}]|3",
                "[{\"a\":[1,2],\"b\":{}}]|8",
                "[ { \"a\" : 1 } ]|4",
            })
    void countsValuesAndKeys(String text, int values) {
        assertThat(read(text).values()).isEqualTo(values);
    }

    private boolean accepts(Bytes text) {
        try {
            json.readArray(text, List.of());
            return true;
        } catch (JsonException e) {
            return false;
        }
    }

    private static boolean jacksonAccepts(byte[] text) {
        try (var parser = JACKSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    private JsonArray read(String text) {
        return json.readArray(Bytes.ofUtf8(text), List.of());
    }
}
