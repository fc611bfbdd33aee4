package io.sockeye.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sockeye.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@SuppressWarnings("ArrayRecordComponent")
class AttachmentsTest {
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":%d}";
    private static final Bytes DATA = Bytes.wrap(new byte[] {1, 2, 3});

    private final Json json = Json.standard();

    record Picture(
            String name, byte[] data, ByteBuffer buffer, Bytes bytes, JsonValue any, Object object, JsonNode node) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
    sealed interface Shape permits Blob, Dot {}

    record Blob(int x, byte[] data) implements Shape {}

    record Dot(int x) implements Shape {}

    @Test
    void readsAttachmentsAsAnyBinaryType() {
        JsonArray array = attached("[" + PLACEHOLDER.formatted(0) + "]");
        assertThat(array.get(0, byte[].class)).containsExactly(1, 2, 3);
        assertThat(array.get(0, ByteBuffer.class)).isEqualTo(DATA.asByteBuffer());
        assertThat(array.get(0, Bytes.class)).isEqualTo(DATA);
        assertThat(array.get(0, Object.class)).isEqualTo(new byte[] {1, 2, 3});
        assertThat(array.get(0, JsonNode.class).binaryValue()).containsExactly(1, 2, 3);
        assertThat(array.get(0, JsonValue.class)).isEqualTo(array.value(0));
        assertThat(array.get(0, JsonValue.class).as(Bytes.class)).isEqualTo(DATA);
    }

    @Test
    void readsAttachmentsWithinRecords() {
        String fields = "{\"name\":\"n\",\"data\":" + PLACEHOLDER.formatted(0) + ",\"buffer\":"
                + PLACEHOLDER.formatted(1)
                + ",\"bytes\":" + PLACEHOLDER.formatted(2) + ",\"any\":[" + PLACEHOLDER.formatted(3)
                + ",1.50],\"object\":{\"x\":"
                + PLACEHOLDER.formatted(4) + "},\"node\":{\"y\":[" + PLACEHOLDER.formatted(5) + "]},\"unknown\":["
                + PLACEHOLDER.formatted(6) + "]}";
        List<Bytes> seven = List.of(DATA, DATA, DATA, DATA, DATA, DATA, DATA);
        Picture picture =
                json.readArray(Bytes.ofUtf8("[1," + fields + "]"), seven).get(1, Picture.class);
        assertThat(picture.name()).isEqualTo("n");
        assertThat(picture.data()).containsExactly(1, 2, 3);
        assertThat(picture.buffer()).isEqualTo(DATA.asByteBuffer());
        assertThat(picture.bytes()).isEqualTo(DATA);
        assertThat(picture.any().raw().utf8()).isEqualTo("[" + PLACEHOLDER.formatted(0) + ",1.50]");
        assertThat(((List<?>) picture.any().as(Object.class)).get(0)).isEqualTo(new byte[] {1, 2, 3});
        assertThat(((Map<?, ?>) picture.object()).get("x")).isEqualTo(new byte[] {1, 2, 3});
        assertThat(picture.node().at("/y/0").binaryValue()).containsExactly(1, 2, 3);
    }

    @Test
    void readsAttachmentsWithinPolymorphicTypes() {
        JsonArray array = attached("[{\"data\":" + PLACEHOLDER.formatted(0) + ",\"x\":4,\"@type\":\"Blob\"}]");
        assertThat(array.get(0, Shape.class)).isInstanceOfSatisfying(Blob.class, blob -> {
            assertThat(blob.x()).isEqualTo(4);
            assertThat(blob.data()).containsExactly(1, 2, 3);
        });
    }

    @Test
    void givesEachReaderItsOwnCopy() {
        JsonArray array = attached("[" + PLACEHOLDER.formatted(0) + "]");
        array.get(0, byte[].class)[0] = 9;
        array.get(0, ByteBuffer.class).put(0, (byte) 9);
        ((byte[]) array.get(0, Object.class))[0] = 9;
        assertThat(array.get(0, byte[].class)).containsExactly(1, 2, 3);
    }

    @Test
    void mapsAttachmentsToPlaceholdersByNumber() {
        JsonArray array = json.readArray(
                Bytes.ofUtf8("[{ \"num\" : 1 , \"_placeholder\" : true },{\"\\u005fplaceholder\":true,\"num\":0}]"),
                List.of(Bytes.ofUtf8("a"), Bytes.ofUtf8("b")));
        assertThat(array.get(0, Bytes.class).utf8()).isEqualTo("b");
        assertThat(array.get(1, Bytes.class).utf8()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"_placeholder\":true}]",
                "[{\"_placeholder\":true,\"num\":1}]",
                "[{\"_placeholder\":true,\"num\":-1}]",
                "[{\"_placeholder\":true,\"num\":\"0\"}]",
                "[{\"_placeholder\":true,\"num\":0.0}]",
                "[{\"_placeholder\":true,\"num\":null}]",
                "[{\"_placeholder\":true,\"num\":[0]}]",
                "[{\"_placeholder\":true,\"num\":4294967296}]",
                "[{\"_placeholder\":true,\"num\":99999999999999999999999999}]",
                "[{\"_placeholder\":true,\"num\":0,\"num\":0}]",
                "[{\"_placeholder\":true,\"num\":0,\"x\":1}]",
                "[{\"_placeholder\":true,\"num\":\"length\"}]",
                "[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]",
                "[{\"_placeholder\":true,\"num\":{\"_placeholder\":true,\"num\":0}}]"
            })
    void cve2022_2421_placeholderNumberMustBeAnIndexThatOccursOnce(String text) {
        assertThatThrownBy(() -> attached(text)).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[1]", "[{\"_placeholder\":1,\"num\":0}]", "[{\"_placeholder\":\"true\",\"num\":0}]"})
    void acceptsAttachmentsThatNothingNames(String text) {
        assertThat(attached(text).raw()).isEqualTo(Bytes.ofUtf8(text));
    }

    @Test
    void takesPlaceholdersWithoutAttachmentsForPlainObjects() {
        JsonArray array = read("[{\"_placeholder\":true,\"num\":5}]");
        assertThat(array.get(0, Object.class)).isEqualTo(Map.of("_placeholder", true, "num", 5));
    }

    @Test
    void refusesToReadAttachmentsThatAreNotThereYet() {
        JsonArray array = json.readArray(Bytes.ofUtf8("[" + PLACEHOLDER.formatted(0) + "]"), 1);
        assertThatThrownBy(() -> array.get(0, byte[].class)).isInstanceOf(JsonException.class);
        assertThat(array.withAttachments(List.of(DATA)).get(0, byte[].class)).containsExactly(1, 2, 3);
    }

    @Test
    void refusesToReadAnAttachmentAsText() {
        JsonArray array = attached("[" + PLACEHOLDER.formatted(0) + "]");
        assertThatThrownBy(() -> array.get(0, String.class)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> array.get(0, int.class)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> array.get(0, Picture.class)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> array.get(0, List.class)).isInstanceOf(JsonException.class);
    }

    private JsonArray read(String text) {
        return json.readArray(Bytes.ofUtf8(text), List.of());
    }

    private JsonArray attached(String text) {
        return json.readArray(Bytes.ofUtf8(text), List.of(DATA));
    }
}
