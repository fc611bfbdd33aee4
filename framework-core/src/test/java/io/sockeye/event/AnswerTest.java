package io.sockeye.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class AnswerTest {
    private static final Type MAYBE = new TypeReference<Optional<Integer>>() {}.getType();

    @Test
    void isTheFirstValue() {
        assertThat(read(int.class, "[7,8]")).isEqualTo(7);
        assertThat(read(new TypeReference<List<Integer>>() {}.getType(), "[[7,8]]"))
                .isEqualTo(List.of(7, 8));
    }

    @Test
    void isNullWhereNullWasSent() {
        assertThat(read(String.class, "[null]")).isNull();
        assertThat(read(Integer.class, "[null]")).isNull();
        assertThat(read(JsonValue.class, "[null]")).hasToString("NULL null");
    }

    @Test
    void isNoNumberWhereNullWasSentForAFloatingPointNumber() {
        assertThat(read(double.class, "[null]")).isEqualTo(Double.NaN);
        assertThat(read(Double.class, "[null]")).isEqualTo(Double.NaN);
        assertThat(read(float.class, "[null]")).isEqualTo(Float.NaN);
        assertThat(read(Float.class, "[null]")).isEqualTo(Float.NaN);
    }

    @Test
    void fitsNoOtherPrimitiveTypeWhereNullWasSent() {
        for (var type : List.of(int.class, long.class, boolean.class, char.class)) {
            assertThatThrownBy(() -> read(type, "[null]")).isInstanceOf(JsonException.class);
        }
    }

    @Test
    void mayBeMissingOrNullForAnOptional() {
        assertThat(read(MAYBE, "[]")).isEqualTo(Optional.empty());
        assertThat(read(MAYBE, "[null]")).isEqualTo(Optional.empty());
        assertThat(read(MAYBE, "[7]")).isEqualTo(Optional.of(7));
        assertThatThrownBy(() -> read(String.class, "[]"))
                .isInstanceOf(JsonException.class)
                .hasMessage("argument 0 of 0");
    }

    @Test
    void isAllOfItOrNothing() {
        assertThat(read(Args.class, "[7,8]"))
                .isInstanceOfSatisfying(
                        Args.class, args -> assertThat(args.size()).isEqualTo(2));
        assertThat(read(Void.class, "[]")).isNull();
        assertThat(read(Void.class, "[7]")).isNull();
    }

    @Test
    void isThrownIfItIsARejection() {
        for (var type : List.of(Args.class, Void.class, String.class)) {
            assertThatThrownBy(() -> read(type, "[{\"error\":{\"message\":\"taken\"}}]"))
                    .isInstanceOf(Rejection.class)
                    .hasMessage("taken");
        }
    }

    @Test
    void isNeverOfATypeThatIsNoData() {
        assertThatThrownBy(() -> Answer.of(Thread.class, Json.standard()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no JSON can be read as java.lang.Thread");
    }

    private static @Nullable Object read(Type type, String text) {
        var args = new Args(Json.standard().readArray(Bytes.ofUtf8(text), 0), Ack.NONE);
        return Answer.of(type, Json.standard()).read(args);
    }
}
