package io.sockeye.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

class JsonReadingTest {
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":%d}";
    private static final Bytes DATA = Bytes.wrap(new byte[] {1, 2, 3});

    private final Json json = Json.standard();

    record Positive(int number) {
        Positive {
            if (number < 1) {
                throw new IllegalArgumentException("not positive");
            }
        }
    }

    record Line(String author, int size) {}

    @Test
    void readsElementsAsTheTypeAskedFor() {
        JsonArray array =
                read("[ \"a\\u00e9\\n\" ,1, -2.5e3,true,null , {\"author\":\"ada\",\"size\":3,\"more\":[]}, [1,2]]");
        assertThat(array.size()).isEqualTo(7);
        assertThat(array.get(0, String.class)).isEqualTo("aé\n");
        assertThat((int) array.get(1, int.class)).isEqualTo(1);
        assertThat((long) array.get(1, long.class)).isEqualTo(1L);
        assertThat((double) array.get(1, double.class)).isEqualTo(1.0);
        assertThat((double) array.get(2, double.class)).isEqualTo(-2500.0);
        assertThat((boolean) array.get(3, boolean.class)).isTrue();
        assertThat(array.get(4, String.class)).isNull();
        assertThat(array.get(4, Integer.class)).isNull();
        assertThat(array.get(5, Line.class)).isEqualTo(new Line("ada", 3));
        assertThat(array.get(6, int[].class)).containsExactly(1, 2);
        List<Integer> list = array.get(6, new TypeReference<List<Integer>>() {}.getType());
        assertThat(list).containsExactly(1, 2);
    }

    @Test
    void readsObjectsAsTheNearestJavaType() {
        JsonArray array = read("[\"a\",1,3000000000,99999999999999999999,1.5,true,[1],{\"k\":null},null]");
        assertThat(Arrays.asList(
                        array.get(0, Object.class),
                        array.get(1, Object.class),
                        array.get(2, Object.class),
                        array.get(3, Object.class),
                        array.get(4, Object.class),
                        array.get(5, Object.class),
                        array.get(6, Object.class),
                        array.get(8, Object.class)))
                .containsExactly(
                        "a", 1, 3_000_000_000L, new BigInteger("99999999999999999999"), 1.5, true, List.of(1), null);
        assertThat(array.get(7, Object.class)).isEqualTo(Collections.singletonMap("k", null));
    }

    @Test
    void tellsKinds() {
        JsonArray array = json.readArray(
                Bytes.ofUtf8("[null,true,-1,\"s\",[],{}," + PLACEHOLDER.formatted(0) + "]"), List.of(DATA));
        assertThat(List.of(
                        array.value(0),
                        array.value(1),
                        array.value(2),
                        array.value(3),
                        array.value(4),
                        array.value(5),
                        array.value(6)))
                .extracting(JsonValue::kind)
                .containsExactly(JsonValue.Kind.values());
    }

    @Test
    void readsRecordsThatCheckTheirFields() {
        assertThat(read("[{\"number\":1}]").get(0, Positive.class).number()).isEqualTo(1);
        assertThatThrownBy(() -> read("[{\"number\":0}]").get(0, Positive.class))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("not positive");
    }

    @Test
    void readsValuesAndArraysWithinAnything() {
        var listOfValues = new TypeReference<List<JsonValue>>() {}.getType();
        List<JsonValue> list = read("[[[1.10,\"x\"],null]]").get(0, listOfValues);
        assertThat(list.get(0).raw().utf8()).isEqualTo("[1.10,\"x\"]");
        assertThat(list.get(1).kind()).isEqualTo(JsonValue.Kind.NULL);
        JsonArray deep = json.withMaxDepth(3).readArray(Bytes.ofUtf8("[[[1]]]"), 0);
        List<JsonValue> again = deep.get(0, listOfValues);
        assertThat(again.get(0).kind()).isEqualTo(JsonValue.Kind.ARRAY);
    }

    @Test
    void saysWhichArgumentDoesNotFit() {
        JsonArray array = read("[\"x\",{\"a\":1},null]");
        assertThatThrownBy(() -> array.get(1, int.class))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith("argument 1: OBJECT {\"a\":1} is no int");
        assertThatThrownBy(() -> array.get(0, Line.class)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> array.get(2, int.class)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> array.get(3, String.class))
                .isInstanceOf(JsonException.class)
                .hasMessage("argument 3 of 3");
        assertThatThrownBy(() -> array.value(-1)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> array.value(0).as(Line.class)).isInstanceOf(JsonException.class);
    }

    @Test
    void dropsFirstElementsInAView() {
        JsonArray array = json.readArray(
                Bytes.ofUtf8("[" + PLACEHOLDER.formatted(1) + ", \"b\" ," + PLACEHOLDER.formatted(0) + "]"),
                List.of(Bytes.ofUtf8("0"), Bytes.ofUtf8("1")));
        JsonArray view = array.from(1);
        assertThat(view.size()).isEqualTo(2);
        assertThat(view.stringAt(0)).isEqualTo("b");
        assertThat(view.get(1, Bytes.class).utf8()).isEqualTo("0");
        assertThat(view.raw().utf8()).isEqualTo("[\"b\"," + PLACEHOLDER.formatted(0) + "]");
        assertThat(view.attachments()).containsExactly(Bytes.ofUtf8("0"));
        assertThat(view.from(1).from(1).raw().utf8()).isEqualTo("[]");
        assertThat(view).isEqualTo(json.array("b", Bytes.ofUtf8("0"))).isNotEqualTo(array);
        assertThatThrownBy(() -> view.from(3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> view.value(2)).hasMessage("argument 2 of 2");
    }

    @Test
    void findsStringsAndNumbersWithoutThrowing() {
        JsonArray array = read("[\"a\\tb\",12]");
        assertThat(array.stringAt(0)).isEqualTo("a\tb");
        assertThat(array.stringAt(1)).isNull();
        assertThat(array.stringAt(2)).isNull();
        assertThat(array.isNumber(1)).isTrue();
        assertThat(array.isNumber(0)).isFalse();
        assertThat(array.isNumber(2)).isFalse();
    }

    @Test
    void isEqualByContent() {
        assertThat(json.array("a", new byte[] {1, 2, 3}))
                .isEqualTo(attached("[\"a\"," + PLACEHOLDER.formatted(0) + "]"));
        assertThat(json.array("a")).hasSameHashCodeAs(read("[\"a\"]")).isNotEqualTo(read("[\"b\"]"));
        assertThat(json.array(new byte[] {1}).value(0))
                .isNotEqualTo(json.array(new byte[] {2}).value(0));
        assertThat(json.value("a")).isEqualTo(json.array("a").value(0)).hasToString("STRING \"a\"");
    }

    @Test
    void readsTheSimplestValuesAsJacksonWould() {
        for (String text : List.of(
                "0",
                "-0",
                "7",
                "-7",
                "999999999",
                "1000000000",
                "2147483648",
                "1e2",
                "1.0",
                "true",
                "false",
                "null",
                "\"x\"",
                "\"12\"",
                "\"\"",
                "\"true\"",
                "[]",
                "{}",
                "9223372036854775808")) {
            for (Class<?> type : List.of(
                    int.class,
                    Integer.class,
                    long.class,
                    Long.class,
                    double.class,
                    Double.class,
                    boolean.class,
                    Boolean.class,
                    String.class)) {
                Json plain = Json.of(JsonMapper.builder().build());
                assertThat(outcome(json.readValue(Bytes.ofUtf8(text)), type))
                        .as("%s as %s", text, type)
                        .isEqualTo(outcome(plain.readValue(Bytes.ofUtf8(text)), type));
            }
        }
    }

    private static @Nullable Object outcome(JsonValue value, Class<?> type) {
        try {
            return value.as(type);
        } catch (JsonException e) {
            return JsonException.class;
        }
    }

    private JsonArray read(String text) {
        return json.readArray(Bytes.ofUtf8(text), List.of());
    }

    private JsonArray attached(String text) {
        return json.readArray(Bytes.ofUtf8(text), List.of(DATA));
    }

    /** An argument is within its packet, so that it is no root value. */
    @Test
    void neitherWrapsNorUnwrapsArguments() {
        var wrapping = Json.of(JsonMapper.builder()
                .enable(SerializationFeature.WRAP_ROOT_VALUE)
                .enable(DeserializationFeature.UNWRAP_ROOT_VALUE)
                .build());
        JsonArray array = wrapping.array(new Line("ada", 3), "text", List.of(1), null);
        assertThat(array.raw().utf8()).isEqualTo("[{\"author\":\"ada\",\"size\":3},\"text\",[1],null]");
        assertThat(array.get(0, Line.class)).isEqualTo(new Line("ada", 3));
        assertThat(array.get(1, String.class)).isEqualTo("text");
        assertThat(array.get(2, int[].class)).containsExactly(1);
    }

    @Test
    void asksNoMapperForTheMembersOfAnObjectAndForText() {
        var typed = Json.of(JsonMapper.builder()
                .activateDefaultTyping(
                        BasicPolymorphicTypeValidator.builder()
                                .allowIfBaseType(Object.class)
                                .build(),
                        DefaultTyping.NON_FINAL)
                .build());
        var object = typed.readValue(
                Bytes.ofUtf8(" {\"a\" : {\"b\":[{}, []]},\"\\u0063\":\"x\\n\", \"n\":-1.5e3 ,\"a\":[ 1 ],\"e\":{}} "));
        var fields = object.fields();
        assertThat(fields.keySet()).containsExactly("a", "c", "n", "e");
        assertThat(fields.values())
                .extracting(value -> value.raw().utf8())
                .containsExactly("[ 1 ]", "\"x\\n\"", "-1.5e3", "{}");
        assertThat(member(fields, "c").text()).isEqualTo("x\n");
        assertThat(member(fields, "n").text()).isNull();
        assertThat(typed.readValue(Bytes.ofUtf8("{}")).fields()).isEmpty();
        assertThatThrownBy(() -> typed.readValue(Bytes.ofUtf8("[]")).fields()).isInstanceOf(JsonException.class);
    }

    @Test
    void membersKeepTheirAttachments() {
        var array = json.readArray(
                Bytes.ofUtf8("[{\"a\":" + PLACEHOLDER.formatted(1) + ",\"b\":[" + PLACEHOLDER.formatted(0) + "]}]"),
                List.of(DATA, Bytes.wrap(new byte[] {9})));
        var fields = array.value(0).fields();
        assertThat(member(fields, "a").as(byte[].class)).containsExactly(9);
        assertThat(member(fields, "b").as(byte[][].class)[0]).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> member(fields, "a").fields()).isInstanceOf(JsonException.class);
    }

    private static JsonValue member(Map<String, JsonValue> fields, String name) {
        return Objects.requireNonNull(fields.get(name));
    }
}
