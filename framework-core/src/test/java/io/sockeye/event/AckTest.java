package io.sockeye.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AckTest {
    private final List<Object> sent = new ArrayList<>();
    private final Ack ack = Ack.of(values -> sent.add(Json.standard().array(values)));

    @Test
    void whatCannotBeWrittenWasNotSent() {
        var loop = new ArrayList<Object>();
        loop.add(loop);
        assertThatThrownBy(() -> ack.send(List.of(loop))).isInstanceOf(JsonException.class);
        assertThat(ack.send(List.of("another"))).isTrue();
        assertThat(ack.send(List.of("late"))).isFalse();
        assertThat(sent).singleElement().isEqualTo(Json.standard().array("another"));
    }
}
