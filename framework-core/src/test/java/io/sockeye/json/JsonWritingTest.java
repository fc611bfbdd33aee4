package io.sockeye.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.sockeye.bytes.Bytes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

@SuppressWarnings({"ArrayRecordComponent", "DoNotCallSuggester"})
class JsonWritingTest {
    private final Json json = Json.standard();

    record Line(String author, String text) {}

    record Picture(String name, byte[] data, @Nullable ByteBuffer thumbnail) {}

    @Test
    void writesScalars() {
        assertThat(written("a", 1, -2L, true, false, null, 1.5, 'c', 2.5f, (short) 3))
                .isEqualTo("[\"a\",1,-2,true,false,null,1.5,\"c\",2.5,3]");
        assertThat(written()).isEqualTo("[]");
        assertThat(written(Integer.MIN_VALUE, Long.MAX_VALUE)).isEqualTo("[-2147483648,9223372036854775807]");
    }

    @Test
    void writesNullForWhatIsNoNumberAsJavaScriptDoes() {
        assertThat(written(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY))
                .isEqualTo("[null,null,null]");
        assertThat(written(List.of(1.5, Double.NaN), new double[] {2.5, Double.NaN}, new float[] {Float.NaN, 0.5f}))
                .isEqualTo("[[1.5,null],[2.5,null],[null,0.5]]");
    }

    /** With a copy of everything for each character it would take hours. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void writesLongTextsInLinearTime() {
        for (String character : List.of("ü", "€", "😀", "\"", "\u0001", "\ud800")) {
            String text = character.repeat(1_000_000 / character.length());
            assertThat(json.array(text).get(0, String.class)).isEqualTo(text);
        }
    }

    @Test
    void writesWhatJacksonCanWrite() {
        assertThat(written(new Line("ada", "hi"), List.of(1, 2), new int[] {3}, Map.of("k", "v")))
                .isEqualTo("[{\"author\":\"ada\",\"text\":\"hi\"},[1,2],[3],{\"k\":\"v\"}]");
    }

    @Test
    void writesTheSameStringsAsJackson() {
        var mapper = JsonMapper.shared();
        for (String text :
                List.of("", "\"\\/\b\f\n\r\t\u0000\u001f\u007f", "é€😀", "a😀b", "\u2028\u2029\ud7ff\ue000\uffff")) {
            assertThat(json.array(text).get(0, String.class)).isEqualTo(text);
            assertThat(mapper.readValue(written(text), String[].class)).containsExactly(text);
        }
        var random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(40), 0, 0x11000)
                    .filter(point -> point > 0xFFFF || !Character.isSurrogate((char) point))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(mapper.readValue(written(text), String[].class)).containsExactly(text);
            assertThat(json.array(text).get(0, String.class)).isEqualTo(text);
        }
    }

    @Test
    void escapesLoneSurrogatesAtAnyDepth() {
        assertThat(written("\ud83d", "x\ude00\ud83dy")).isEqualTo("[\"\\ud83d\",\"x\\ude00\\ud83dy\"]");
        assertThat(written(new Line("\ud83d", "ok"))).isEqualTo("[{\"author\":\"\\ud83d\",\"text\":\"ok\"}]");
        assertThat(json.array(new Line("\ud83d", "ok")).get(0, Line.class)).isEqualTo(new Line("\ud83d", "ok"));
    }

    @Test
    void movesBinaryValuesOutInOrder() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("first", new byte[] {2});
        map.put("rest", List.of(ByteBuffer.wrap(new byte[] {3}), new byte[][] {{4}, {5}}));
        JsonArray array = json.array(
                "name",
                new byte[] {1},
                map,
                new Picture("p", new byte[] {6}, null),
                JsonNodeFactory.instance.binaryNode(new byte[] {7}),
                Bytes.wrap(new byte[] {8}));
        assertThat(array.raw().utf8())
                .isEqualTo("[\"name\",{\"_placeholder\":true,\"num\":0},"
                        + "{\"first\":{\"_placeholder\":true,\"num\":1},\"rest\":[{\"_placeholder\":true,\"num\":2},"
                        + "[{\"_placeholder\":true,\"num\":3},{\"_placeholder\":true,\"num\":4}]]},"
                        + "{\"name\":\"p\",\"data\":{\"_placeholder\":true,\"num\":5},\"thumbnail\":null},"
                        + "{\"_placeholder\":true,\"num\":6},{\"_placeholder\":true,\"num\":7}]");
        assertThat(array.attachments())
                .extracting(attachment -> (int) attachment.at(0))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @ParameterizedTest
    @MethodSource("buffersThatHold2And3")
    void takesExactlyTheRemainingBytesOfABuffer(ByteBuffer buffer) {
        int position = buffer.position();
        Bytes expected = Bytes.wrap(new byte[] {2, 3});
        assertThat(json.array(buffer).attachments()).containsExactly(expected);
        assertThat(json.array(List.of(buffer)).attachments()).containsExactly(expected);
        assertThat(json.array(new Picture("p", new byte[0], buffer)).attachments())
                .containsExactly(Bytes.EMPTY, expected);
        assertThat(buffer.position()).isEqualTo(position);
        assertThat(buffer.remaining()).isEqualTo(2);
    }

    static Stream<ByteBuffer> buffersThatHold2And3() {
        byte[] array = {1, 2, 3, 4};
        ByteBuffer direct = ByteBuffer.allocateDirect(4).put(array).position(1).limit(3);
        ByteBuffer heap = ByteBuffer.wrap(array, 1, 2);
        return Stream.of(
                heap, heap.slice(), heap.asReadOnlyBuffer(), direct, direct.slice(), direct.asReadOnlyBuffer());
    }

    @Test
    void copiesBinaryValuesWhenItWrites() {
        byte[] data = {1};
        JsonArray array = json.array(data);
        data[0] = 9;
        assertThat(array.get(0, byte[].class)).containsExactly(1);
    }

    @Test
    void namesTheArgumentThatHasNoJson() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        assertThatThrownBy(() -> json.array("ok", cycle))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("argument 1")
                .hasMessageContaining("java.util.ArrayList");
        assertThatThrownBy(() -> json.array(new Broken()))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("Broken has no JSON")
                .hasMessageContaining("out of order");
        var module = new SimpleModule().addSerializer(Line.class, new StdSerializer<>(Line.class) {
            @Override
            public void serialize(Line line, JsonGenerator generator, SerializationContext context) {
                throw new IllegalStateException("user's own");
            }
        });
        Json own = Json.of(JsonMapper.builder().addModule(module).build());
        assertThatThrownBy(() -> own.array(new Line("a", "b")))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("user's own");
    }

    /** Cannot be read. */
    public static final class Broken {
        public String getText() {
            throw new IllegalStateException("out of order");
        }
    }

    @Test
    void writesOneValue() {
        assertThat(json.value(Map.of("sid", "x")).raw().utf8()).isEqualTo("{\"sid\":\"x\"}");
        assertThat(json.value(null).kind()).isEqualTo(JsonValue.Kind.NULL);
        assertThat(json.value("x").kind()).isEqualTo(JsonValue.Kind.STRING);
    }

    @Test
    void refusesBinaryInASingleValue() {
        assertThatThrownBy(() -> json.value(Map.of("a", new byte[1]))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> json.value(ByteBuffer.allocate(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesReceivedValuesAgainAndRenumbersTheirAttachments() {
        Bytes a = Bytes.ofUtf8("a");
        Bytes b = Bytes.ofUtf8("b");
        JsonArray received = json.readArray(
                Bytes.ofUtf8(
                        "[\"x\", {\"in\":{\"num\":1,\"_placeholder\":true}} , {\"_placeholder\":true,\"num\":0}, 1e2]"),
                List.of(a, b));
        JsonArray again = json.array(Arrays.asList(received.value(2), received.value(1), received.value(3), null));
        assertThat(again.raw().utf8())
                .isEqualTo("[{\"_placeholder\":true,\"num\":0},{\"in\":{\"_placeholder\":true,\"num\":1}},1e2,null]");
        assertThat(again.attachments()).containsExactly(a, b);
        JsonArray nested = json.array(Map.of("v", received.value(1)), List.of(received.from(2)), received);
        assertThat(nested.raw().utf8())
                .isEqualTo(
                        "[{\"v\":{\"in\":{\"_placeholder\":true,\"num\":0}}},[[{\"_placeholder\":true,\"num\":1},1e2]],"
                                + "[\"x\", {\"in\":{\"_placeholder\":true,\"num\":2}} , {\"_placeholder\":true,\"num\":3}, 1e2]]");
        assertThat(nested.attachments()).containsExactly(b, a, b, a);
    }

    @Test
    void writesLongTextBeyondAsciiInLinearTime() {
        String text = "ü😀".repeat(1_000_000);
        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(json.array(text).raw().length()).isEqualTo(6_000_004));
    }

    @Test
    void asksAMapperOfTheUserForEverything() {
        var module = new SimpleModule();
        module.addSerializer(Long.class, ToStringSerializer.instance);
        Json own = Json.of(JsonMapper.builder().addModule(module).build());
        JsonArray array = own.array(1L, "a", new byte[] {1}, List.of(2L, new byte[] {2}));
        assertThat(array.raw().utf8())
                .isEqualTo("[\"1\",\"a\",{\"_placeholder\":true,\"num\":0},[\"2\",{\"_placeholder\":true,\"num\":1}]]");
        assertThat(array.get(3, List.class).get(1)).isEqualTo(new byte[] {2});
    }

    private String written(@Nullable Object... values) {
        return json.array(values).raw().utf8();
    }

    @Test
    void aBareNullIsOneValue() {
        assertThat(json.array((Object[]) null).raw().utf8()).isEqualTo("[null]");
        assertThat(json.event("n", (Object[]) null).raw().utf8()).isEqualTo("[\"n\",null]");
        assertThat(json.event("n").raw().utf8()).isEqualTo("[\"n\"]");
        assertThat(json.event("n", (Object) null).raw().utf8()).isEqualTo("[\"n\",null]");
        assertThat(json.event("\ud800ü\"", 1, "a").raw().utf8()).isEqualTo("[\"\\ud800ü\\\"\",1,\"a\"]");
    }
}
