package io.sockeye.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class ArgsTest {
    private static final TypeReference<Map<String, List<Integer>>> GROUPS = new TypeReference<>() {};

    @Test
    void readsAnArgumentOfAGenericType() {
        Args args = args("[1,{\"even\":[2,4]},null]", Ack.NONE);
        assertThat(args.get(1, GROUPS)).isEqualTo(Map.of("even", List.of(2, 4)));
        assertThat(args.get(2, GROUPS)).isNull();
        assertThat(args.value(1).as(GROUPS)).isEqualTo(Map.of("even", List.of(2, 4)));
    }

    @Test
    void readsAnArgumentOfATypeThatIsKnownLate() {
        Type type = GROUPS.getType();
        Map<String, List<Integer>> groups = args("[{\"odd\":[1]}]", Ack.NONE).get(0, type);
        assertThat(groups).isEqualTo(Map.of("odd", List.of(1)));
    }

    @Test
    void saysWhichArgumentIsNotOfTheGenericType() {
        Args args = args("[1,[\"x\"]]", Ack.NONE);
        var numbers = new TypeReference<List<Integer>>() {};
        assertThatThrownBy(() -> args.get(1, numbers))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith("argument 1: ARRAY [\"x\"] is no java.util.List<java.lang.Integer>: ");
        assertThatThrownBy(() -> args.get(2, numbers))
                .isInstanceOf(JsonException.class)
                .hasMessage("argument 2 of 2");
    }

    @Test
    void handsItsAcknowledgementOn() {
        var sent = new ArrayList<Object>();
        Args args = args("[]", Ack.of(sent::addAll));
        assertThat(args.acknowledgement().send("first")).isTrue();
        args.ack("second");
        assertThat(sent).containsExactly("first");
    }

    @Test
    void aBareNullAcknowledgesWithNull() {
        var sent = new ArrayList<Object>();
        args("[]", Ack.of(sent::addAll)).ack((Object[]) null);
        args("[]", Ack.of(sent::addAll)).ack();
        assertThat(sent).containsExactly((Object) null);
    }

    private static Args args(String text, Ack ack) {
        return new Args(Json.standard().readArray(Bytes.ofUtf8(text), 0), ack);
    }
}
