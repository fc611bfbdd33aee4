package io.sockeye.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** Whose fault it is that a value cannot be read, and that hostile ones cost little. */
class JsonFaultsTest {
    private static JsonArray read(String text) {
        return Json.standard().readArray(Bytes.ofUtf8(text), List.of());
    }

    @Test
    void longNumbersAreRefusedBesideNamesWithHalvesOfSurrogatePairs() {
        var value = read("[{\"\\ud800\":0,\"x\":" + "1".repeat(10_001) + "}]").value(0);

        assertThatThrownBy(() -> value.as(new TypeReference<Map<String, Object>>() {}))
                .hasMessageContaining("a number of 10001 characters, limit 10000");
        assertThat(read("[{\"\\ud800\":0,\"x\":" + "1".repeat(10_000) + "}]")
                        .get(0, new TypeReference<Map<String, Object>>() {}))
                .hasSize(2);
    }

    @Test
    void aTypeThatCannotBeReadIsNotTheSendersFault() {
        var array = read("[{}]");

        assertThatThrownBy(() -> array.get(0, Runnable.class))
                .isInstanceOfSatisfying(
                        JsonException.class, e -> assertThat(e.whileReading()).isFalse());
        assertThatThrownBy(() -> array.value(0).as(Runnable.class))
                .isInstanceOfSatisfying(
                        JsonException.class, e -> assertThat(e.whileReading()).isFalse());
        assertThatThrownBy(() -> array.get(0, int.class))
                .isInstanceOfSatisfying(
                        JsonException.class, e -> assertThat(e.whileReading()).isTrue());
    }

    @Test
    void fieldsOfWhatIsNoObjectAreTheSendersFault() {
        assertThatThrownBy(() -> read("[7]").value(0).fields())
                .isInstanceOfSatisfying(
                        JsonException.class, e -> assertThat(e.whileReading()).isTrue());
    }

    @Test
    void findsSingleFields() {
        var value = read("[{\"a\":1,\"\\u0062\":[{\"a\":2}],\"c\":3}]").value(0);

        assertThat(value.fields(Set.of("a", "b", "z")).keySet()).containsExactly("a", "b");
        assertThat(value.onlyFields(Set.of("a", "b"))).isEmpty();
        assertThat(value.onlyFields(Set.of("a", "b", "c")).orElseThrow()).isEqualTo(value.fields());
        assertThat(read("[7]").value(0).onlyFields(Set.of())).isEmpty();
    }
}
