package io.sockeye.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import io.sockeye.bytes.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What is written can be read as the type that it was written from. */
@SuppressWarnings("ArrayRecordComponent")
class RoundTripTest {
    private static final String HIGH = "\ud800";
    private static final String LOW = "\udc00";

    private final Json json = Json.standard();
    private final Json users = Json.of(JsonMapper.builder().build());

    record Point(
            double x, float y, @Nullable Double z, @Nullable Float w) {}

    record Numbers(double[] doubles, float[] floats, List<@Nullable Double> list, Map<String, @Nullable Double> map) {}

    record Primitives(int i, long l, short s, byte b, char c, boolean t, double d, float f) {}

    record Chosen(@JsonSetter(contentNulls = Nulls.SKIP) double[] doubles) {}

    record Keyed(@JsonProperty(HIGH) String value) {}

    record Big(BigInteger whole, BigDecimal fraction, char letter, Character other) {}

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoNumberIsNullAndReadAsNaN(double none) {
        for (var each : List.of(json, users)) {
            var array = each.array(none, (float) none, new Point(none, (float) none, none, (float) none));
            assertThat(array.raw().utf8())
                    .isEqualTo("[null,null,{\"w\":null,\"x\":null,\"y\":null,\"z\":null}]"
                            .replace("\"w\":null,\"x\":null,\"y\":null,\"z\":null", fields(each)));
            assertThat((double) array.get(0, double.class)).isNaN();
            assertThat((float) array.get(1, float.class)).isNaN();
            assertThat(array.get(0, Double.class)).isNull();
            assertThat(array.get(2, Point.class)).isEqualTo(new Point(Double.NaN, Float.NaN, null, null));
        }
    }

    private static String fields(Json json) {
        String text = json.array(new Point(1, 1, null, null)).raw().utf8();
        return text.substring(2, text.length() - 2).replaceAll("1\\.0", "null");
    }

    @Test
    void alsoInArraysListsAndMaps() {
        var map = new LinkedHashMap<String, @Nullable Double>();
        map.put("a", Double.NaN);
        var numbers = new Numbers(
                new double[] {1.5, Double.NaN}, new float[] {Float.NaN, 0.5f}, Arrays.asList(Double.NaN, 1.0), map);
        for (var each : List.of(json, users)) {
            var back = each.array(numbers).get(0, Numbers.class);
            assertThat(back.doubles()).containsExactly(1.5, Double.NaN);
            assertThat(back.floats()).containsExactly(Float.NaN, 0.5f);
            assertThat(back.list()).containsExactly(null, 1.0);
            assertThat(back.map()).containsEntry("a", null);
            assertThat(each.array((Object) new double[] {Double.NaN}).get(0, double[].class))
                    .containsExactly(Double.NaN);
            var matrix = each.array((Object) new double[][] {{Double.NaN}, {}}).get(0, double[][].class);
            assertThat(matrix[0]).containsExactly(Double.NaN);
            List<double[]> listed =
                    each.array((Object) List.of(new double[] {Double.NaN})).get(0, new TypeReference<>() {});
            assertThat(listed.get(0)).containsExactly(Double.NaN);
        }
    }

    @Test
    void nullInAPrimitiveMemberIsWhatALeftOutOneIs() {
        String nulls = "[{\"i\":null,\"l\":null,\"s\":null,\"b\":null,\"c\":null,\"t\":null,\"d\":null,\"f\":null}]";
        assertThat(read(nulls).get(0, Primitives.class))
                .isEqualTo(new Primitives(0, 0, (short) 0, (byte) 0, '\0', false, Double.NaN, Float.NaN));
        assertThat(read("[{}]").get(0, Primitives.class))
                .isEqualTo(new Primitives(0, 0, (short) 0, (byte) 0, '\0', false, 0, 0));
        assertThat(read("[[1,null]]").get(0, int[].class)).containsExactly(1, 0);
        assertThat(read("[[true,null]]").get(0, boolean[].class)).containsExactly(true, false);
    }

    @Test
    void anArgumentThatIsNullFitsNoOtherPrimitive() {
        for (Class<?> type : List.of(int.class, long.class, short.class, byte.class, char.class, boolean.class)) {
            assertThatThrownBy(() -> read("[null]").get(0, type)).isInstanceOf(JsonException.class);
        }
    }

    @Test
    void whatTheUserSaidOfNullsStays() {
        assertThat(read("[{\"doubles\":[1,null]}]").get(0, Chosen.class).doubles())
                .containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {HIGH, LOW, HIGH + "a", "ü" + LOW, LOW + HIGH, "😀" + HIGH + "\"", HIGH + HIGH + LOW})
    void halfSurrogatesAreEscapes(String text) {
        for (var each : List.of(json, users)) {
            var map = Map.of(text, List.of(text));
            var array = each.array(text, map, (Object) new String[] {text}, text.toCharArray(), new Keyed(text));
            assertThat(array.raw().isUtf8()).isTrue();
            assertThat(array.get(0, String.class)).isEqualTo(text);
            assertThat(array.get(1, new TypeReference<Map<String, List<String>>>() {}))
                    .isEqualTo(map);
            assertThat(array.get(2, String[].class)).containsExactly(text);
            assertThat(array.get(3, String.class)).isEqualTo(text);
            assertThat(array.get(4, Keyed.class)).isEqualTo(new Keyed(text));
            assertThat(array.get(1, new TypeReference<Map<String, JsonValue>>() {})
                            .get(text))
                    .isEqualTo(each.array((Object) List.of(text)).value(0));
            assertThat(array.value(1).fields()).containsOnlyKeys(text);
        }
        assertThat(json.array((Object) Map.of("a" + HIGH, LOW)).raw().utf8()).isEqualTo("[{\"a\\ud800\":\"\\udc00\"}]");
    }

    @Test
    void bigNumbersAndLetters() {
        var big = new Big(BigInteger.TEN.pow(5_000), new BigDecimal("-1.5E+400"), '\ud800', '\0');
        for (var each : List.of(json, users)) {
            assertThat(each.array(big, big.whole(), big.fraction(), 'x').get(3, char.class))
                    .isEqualTo('x');
            assertThat(json.array(big).get(0, Big.class)).isEqualTo(big);
            assertThat(json.array(big.whole()).get(0, BigInteger.class)).isEqualTo(big.whole());
            assertThat(json.array(big.fraction()).get(0, BigDecimal.class)).isEqualTo(big.fraction());
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Open.class, name = "open"),
        @JsonSubTypes.Type(value = Yes.class, name = "yes")
    })
    sealed interface Question permits Open, Yes {}

    record Open(String text) implements Question {}

    record Yes(Bytes picture) implements Question {}

    @Test
    void listsOfSubtypesTellThemApartByTheirDeclaredType() {
        var type = new TypeReference<List<Question>>() {};
        List<Question> questions = List.of(new Open("why"), new Yes(Bytes.ofUtf8("p")));
        for (var each : List.of(json, users)) {
            var array = each.array(Typed.of(questions, type));
            assertThat(array.raw().utf8())
                    .isEqualTo("[[{\"kind\":\"open\",\"text\":\"why\"},"
                            + "{\"kind\":\"yes\",\"picture\":{\"_placeholder\":true,\"num\":0}}]]");
            assertThat(array.get(0, type)).isEqualTo(questions);
            assertThat(each.array(Typed.of(null, type)).raw().utf8()).isEqualTo("[null]");
            assertThat(each.array(new Typed(array.value(0), Question.class), new Typed("a", String.class))
                            .raw()
                            .utf8())
                    .isEqualTo("[[{\"kind\":\"open\",\"text\":\"why\"},"
                            + "{\"kind\":\"yes\",\"picture\":{\"_placeholder\":true,\"num\":0}}],\"a\"]");
            assertThat(each.array(new Typed(Collections.singletonList(null), type.getType()))
                            .raw()
                            .utf8())
                    .isEqualTo("[[null]]");
        }
    }

    static class Shape {
        public int x = 1;
    }

    static final class Circle extends Shape {
        public int r = 2;
    }

    interface Reply {}

    record Done(int count) implements Reply {}

    static class Page<T> {
        public List<T> items;

        Page(List<T> items) {
            this.items = items;
        }
    }

    static final class LastPage<T> extends Page<T> {
        public int pages = 3;

        LastPage(List<T> items) {
            super(items);
        }
    }

    @Test
    void aDeclaredTypeHidesNothingOfTheValuesClass() {
        for (var each : List.of(json, users)) {
            var shape = each.array(new Typed(new Circle(), Shape.class));
            assertThat(shape.get(0, new TypeReference<Map<String, Integer>>() {}))
                    .isEqualTo(Map.of("x", 1, "r", 2));
            assertThat(each.array(new Typed(new Done(3), Reply.class)).raw().utf8())
                    .isEqualTo("[{\"count\":3}]");
            var page = each.array(
                    Typed.of(new LastPage<>(List.of(new Open("why"))), new TypeReference<Page<Question>>() {}));
            assertThat(page.raw().utf8()).contains("{\"kind\":\"open\",\"text\":\"why\"}", "\"pages\":3");
        }
    }

    private JsonArray read(String text) {
        return json.readArray(Bytes.ofUtf8(text), 0);
    }
}
