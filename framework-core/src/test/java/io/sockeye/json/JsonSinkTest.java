package io.sockeye.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSinkTest {
    private static final Json JSON = Json.standard();
    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2, 2};
    private static final Map<String, Object> LOOKALIKE = lookalike();

    @Test
    void aSinkIsToldOfEverythingInTheOrderOfTheText() {
        var told = told(JSON.readArray(
                Bytes.ofUtf8(" [ \"a\\n\\u00e9\" , {\"k\":[ ],\"l\":{}},[1,[-0.5e3]],true,false,null]"), 0));
        assertThat(told)
                .containsExactly(
                        "[6", "'a\né'", "{2", "k:", "[0", "end", "l:", "{0", "end", "end", "[2", "1", "[1", "-0.5e3",
                        "end", "end", "true", "false", "null", "end");
    }

    @Test
    void aSinkGetsAttachmentsWhereTheirPlaceholdersAre() {
        var text = "[{\"num\":1,\"_placeholder\":true},{\"k\":{\"_placeholder\":true,\"num\":0}},[]]";
        var array = JSON.readArray(Bytes.ofUtf8(text), List.of(Bytes.wrap(ONE), Bytes.wrap(TWO)));
        assertThat(told(array)).containsExactly("[3", "<2>", "{1", "k:", "<1>", "end", "[0", "end", "end");
        assertThat(told(array.from(1))).containsExactly("[2", "{1", "k:", "<1>", "end", "[0", "end", "end");
    }

    @Test
    void aSinkIsToldOfAPartOfAnArrayAlone() {
        var array = JSON.array(ONE, Map.of("k", TWO), "x");
        var told = new Told();
        array.value(1).writeTo(told);
        array.value(2).writeTo(told);
        assertThat(told.list).containsExactly("{1", "k:", "<2>", "end", "'x'");
    }

    @Test
    void dataThatLooksLikeAPlaceholderIsNoneBesideAttachments() {
        for (Object first : List.of(LOOKALIKE, List.of(LOOKALIKE, TWO), new Sample(ONE, LOOKALIKE))) {
            var array = JSON.array(first, ONE, LOOKALIKE);
            assertThat(array.value(1).kind()).isEqualTo(JsonValue.Kind.BINARY);
            assertThat(array.value(1).as(byte[].class)).isEqualTo(ONE);
            assertThat(array.value(2).kind()).isEqualTo(JsonValue.Kind.OBJECT);
            assertThat(array.get(2, Object.class)).isEqualTo(LOOKALIKE);
            assertThat(told(array)).contains("_placeholder:");
            assertThat(JSON.array(array.value(0), array.value(1), array.value(2)))
                    .isEqualTo(array);
        }
    }

    @Test
    void attachmentsWithinObjectsOfJacksonAreFoundAgain() {
        var array = JSON.array(
                new Sample(ONE, "é"),
                List.of("€", TWO),
                new Sample(TWO, JSON.array(ONE).value(0)));
        assertThat(told(array))
                .containsExactly(
                        "[3", "{2", "bytes:", "<1>", "more:", "'é'", "end", "[2", "'€'", "<2>", "end", "{2", "bytes:",
                        "<2>", "more:", "<1>", "end", "end");
        assertThat(array.value(1).as(Object[].class)[1]).isEqualTo(TWO);
    }

    @Test
    void whatIsBuiltReadsAsIfItHadBeenReceived() {
        var builder = JSON.builder();
        var array = JSON.readArray(
                Bytes.ofUtf8("[\"a\\\"\\u0000\",{\"é\":[1.50,null,{\"_placeholder\":true,\"num\":0}]},{},[[]],true]"),
                List.of(Bytes.wrap(ONE)));
        array.writeTo(builder);
        assertThat(builder.toArray()).isEqualTo(array);
        assertThat(builder.attachments()).isOne();
        assertThat(String.valueOf(builder.toArray().value(1).as(Map.class))).startsWith("{é=[1.5, null, [B@");
    }

    @Test
    void whatIsBuiltMayLookLikeAPlaceholder() {
        var builder = JSON.builder();
        builder.beginArray(2);
        lookLikeAPlaceholder(builder);
        builder.binary(Bytes.wrap(ONE));
        builder.end();
        assertThat(builder.toArray().value(0).kind()).isEqualTo(JsonValue.Kind.OBJECT);
        assertThat(builder.toArray().get(0, Object.class)).isEqualTo(LOOKALIKE);
        assertThat(builder.toArray().get(1, byte[].class)).isEqualTo(ONE);
    }

    @Test
    void aBuilderTakesNothingOutOfTurn() {
        assertRefused(JsonBuilder::end);
        assertRefused(builder -> builder.key("k"));
        assertRefused(JsonBuilder::toValue);
        assertRefused(builder -> {
            builder.nothing();
            builder.nothing();
        });
        assertRefused(builder -> {
            builder.beginObject(1);
            builder.nothing();
        });
        assertRefused(builder -> {
            builder.beginObject(1);
            builder.key("k");
            builder.key("l");
        });
        assertRefused(builder -> {
            builder.beginObject(1);
            builder.key("k");
            builder.end();
        });
        assertRefused(builder -> {
            builder.beginArray(1);
            builder.toArray();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "1 ",
                "01",
                "1.",
                "NaN",
                "Infinity",
                "0x1",
                "+1",
                "1,2",
                "true",
                "\"1\"",
                "[1]",
                "-",
                "é"
            })
    void aBuilderTakesNoNumberThatJsonHasNot(String text) {
        assertThatThrownBy(() -> JSON.builder().number(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBuilderIsAsDeepAsTextMayBe() {
        var builder = JSON.withMaxDepth(3).builder();
        for (int i = 0; i < 3; i++) {
            builder.beginArray(1);
        }
        assertThatThrownBy(() -> builder.beginObject(0)).isInstanceOf(JsonException.class);
    }

    @Test
    void aBuiltValueIsNoArrayUnlessItIsOne() {
        var builder = JSON.builder();
        builder.string("[");
        assertThat(builder.toValue().as(String.class)).isEqualTo("[");
        assertThatThrownBy(builder::toArray).isInstanceOf(JsonException.class);
    }

    @Test
    void aCopyIsEqualAndSharesNoMemory() {
        byte[] message = {9, 1, 9};
        var value = JSON.readArray(
                        Bytes.ofUtf8("[7,{\"k\":{\"_placeholder\":true,\"num\":1}}]"),
                        List.of(Bytes.wrap(TWO), Bytes.wrap(message, 1, 1)))
                .value(1);
        var copy = value.copy();
        assertThat(copy.as(Map.class).get("k")).isEqualTo(ONE);
        message[1] = 3;
        assertThat(copy.as(Map.class).get("k")).isEqualTo(ONE);
        assertThat(value.as(Map.class).get("k")).isEqualTo(new byte[] {3});
    }

    private static void assertRefused(Consumer<JsonBuilder> use) {
        assertThatThrownBy(() -> use.accept(JSON.builder())).isInstanceOf(IllegalStateException.class);
    }

    private static void lookLikeAPlaceholder(JsonSink sink) {
        sink.beginObject(2);
        sink.key("_placeholder");
        sink.bool(true);
        sink.key("num");
        sink.number("0");
        sink.end();
    }

    private static Map<String, Object> lookalike() {
        var map = new LinkedHashMap<String, Object>();
        map.put("_placeholder", true);
        map.put("num", 0);
        return map;
    }

    private static List<String> told(JsonArray array) {
        var told = new Told();
        array.writeTo(told);
        return told.list;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sample(byte[] bytes, Object more) {}

    /** Notes what it is told; attachments by their length. */
    private static final class Told implements JsonSink {
        private final List<String> list = new ArrayList<>();

        @Override
        public void beginArray(int size) {
            list.add("[" + size);
        }

        @Override
        public void beginObject(int size) {
            list.add("{" + size);
        }

        @Override
        public void end() {
            list.add("end");
        }

        @Override
        public void key(String name) {
            list.add(name + ":");
        }

        @Override
        public void string(String value) {
            list.add("'" + value + "'");
        }

        @Override
        public void number(String text) {
            list.add(text);
        }

        @Override
        public void bool(boolean value) {
            list.add(Boolean.toString(value));
        }

        @Override
        public void nothing() {
            list.add("null");
        }

        @Override
        public void binary(Bytes value) {
            list.add("<" + value.length() + ">");
        }
    }
}
