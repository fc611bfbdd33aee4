package io.sockeye.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

class ArgumentTest {
    record Line(String author, int size) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[null]",
                "[]",
                "[{\"_placeholder\":true,\"num\":0}]",
                "[1e400]",
                "[99999999999999999999999999]",
                "[1e1000000000]",
                "[\"text\"]",
                "[[[[[1]]]]]",
                "[{\"author\":[],\"size\":{}}]",
                "[true,false]"
            })
    void whateverIsSentInsteadOfANumberIsUnexpected(String text) {
        for (var type : List.of(int.class, Integer.class, long.class, UUID.class, Line[].class)) {
            assertThatThrownBy(() -> read(type, text))
                    .as(type.getName())
                    .isInstanceOf(UnexpectedArgumentsException.class);
        }
    }

    @Test
    void nullFitsAnOptionalAlone() {
        var optional = new TypeReference<Optional<Line>>() {}.getType();
        assertThat(read(optional, "[null]")).isEqualTo(Optional.empty());
        assertThat(read(optional, "[]")).isEqualTo(Optional.empty());
        assertThat(read(optional, "[{\"author\":\"ada\",\"size\":3}]")).isEqualTo(Optional.of(new Line("ada", 3)));
        assertThatThrownBy(() -> read(String.class, "[null]"))
                .isInstanceOf(UnexpectedArgumentsException.class)
                .hasMessage("argument 0: null is no java.lang.String");
    }

    @Test
    void nullIsAValueOfJson() {
        assertThat(read(JsonValue.class, "[null]")).hasToString("NULL null");
    }

    @Test
    void nullIsWhatIsNoNumber() {
        assertThat(read(double.class, "[null]")).isEqualTo(Double.NaN);
        assertThat(read(Double.class, "[null]")).isEqualTo(Double.NaN);
        assertThat(read(Float.class, "[null]")).isEqualTo(Float.NaN);
    }

    @Test
    void whatIsNoDataIsRefusedWhenItIsDeclared() {
        var type = new TypeReference<List<Thread>>() {}.getType();
        assertThatThrownBy(() -> Argument.of(type, Json.standard()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no JSON can be read as java.util.List<java.lang.Thread>");
    }

    private static @Nullable Object read(Type type, String text) {
        var args = new Args(Json.standard().readArray(Bytes.ofUtf8(text), 0), Ack.NONE);
        return Argument.of(type, Json.standard()).read(args);
    }
}
