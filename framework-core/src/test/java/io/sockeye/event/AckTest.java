package io.sockeye.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AckTest {
    private final List<Object> sent = new ArrayList<>();
    private final Ack ack = Ack.of(values -> sent.add(Json.standard().array(values)));

    @Test
    @SuppressWarnings("NullAway") // What a caller in Java may write.
    void eachArgumentIsOneValue() {
        assertThat(ack.send(List.of(1, 2), null, "three")).isTrue();
        assertThat(Ack.of(values -> sent.add(Json.standard().array(values))).send())
                .isTrue();
        assertThat(Ack.of(values -> sent.add(Json.standard().array(values))).send((Object[]) null))
                .isTrue();
        assertThat(sent)
                .containsExactly(
                        Json.standard().array(List.of(List.of(1, 2), Optional.empty(), "three")),
                        Json.standard().array(List.of()),
                        Json.standard().array(Collections.singletonList(null)));
    }

    @Test
    void whatCannotBeWrittenWasNotSent() {
        var loop = new ArrayList<Object>();
        loop.add(loop);
        assertThatThrownBy(() -> ack.send(loop)).isInstanceOf(JsonException.class);
        assertThat(ack.send("another")).isTrue();
        assertThat(ack.send("late")).isFalse();
        assertThat(sent).singleElement().isEqualTo(Json.standard().array("another"));
    }
}
