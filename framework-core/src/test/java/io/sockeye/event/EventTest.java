package io.sockeye.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import io.sockeye.json.Typed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

class EventTest {
    private static final Event<Line> SAID = Event.of("said", Line.class);
    private static final Event<List<Line>> HISTORY = Event.of("history", new TypeReference<>() {});
    private static final Event<Void> TYPING = Event.of("typing");

    record Line(String author, int size) {}

    @Test
    void readsItsValueAsItsType() {
        assertThat(SAID.read(args("[{\"author\":\"ada\",\"size\":3}]"))).isEqualTo(new Line("ada", 3));
    }

    @Test
    void readsTheElementsOfAGenericType() {
        List<Line> lines = HISTORY.read(args("[[{\"author\":\"ada\",\"size\":3},{\"author\":\"bob\",\"size\":4}]]"));
        assertThat(lines).containsExactly(new Line("ada", 3), new Line("bob", 4));
    }

    @Test
    void readsNullWhereTheSenderWroteNull() {
        assertThat(SAID.read(args("[null]"))).isNull();
        assertThat(Event.of("n", double.class).read(args("[null]"))).isNaN();
        assertThat(Event.of("n", Double.class).read(args("[null]"))).isNaN();
        assertThat(Event.of("n", Float.class).read(args("[null]"))).isNaN();
        assertThatThrownBy(() -> Event.of("n", int.class).read(args("[null]"))).isInstanceOf(JsonException.class);
    }

    @Test
    void readsNothingWithoutAnArgument() {
        assertThat(TYPING.read(args("[]"))).isNull();
        assertThat(TYPING.read(args("[{\"more\":1}]"))).isNull();
    }

    @Test
    void saysWhatDoesNotFit() {
        assertThatThrownBy(() -> SAID.read(args("[]")))
                .isInstanceOf(JsonException.class)
                .hasMessage("argument 0 of 0");
        assertThatThrownBy(() -> HISTORY.read(args("[7]")))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith("argument 0: NUMBER 7 is no java.util.List<" + Line.class.getName() + ">: ");
    }

    @Test
    void itsArgumentsAreTheValueAlone() {
        assertThat(SAID.arguments(new Line("ada", 3))).containsExactly(new Typed(new Line("ada", 3), Line.class));
        assertThat(SAID.arguments(null)).containsExactly(new Typed(null, Line.class));
        assertThat(HISTORY.arguments(List.of())).containsExactly(new Typed(List.of(), HISTORY.type()));
        assertThat(Event.of("names", String[].class).arguments(new String[] {"a", "b"}))
                .hasSize(1);
        assertThat(TYPING.arguments(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void refusesReservedNames(String name) {
        assertThatThrownBy(() -> Event.of(name, Line.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + name + "' is a reserved event name");
        assertThatThrownBy(() -> Event.of(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Event.of(name, new TypeReference<List<Line>>() {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isEqualWhenNameAndTypeAre() {
        assertThat(Event.of("said", Line.class)).isEqualTo(SAID).hasSameHashCodeAs(SAID);
        assertThat(Event.of("history", new TypeReference<List<Line>>() {}))
                .isEqualTo(HISTORY)
                .hasSameHashCodeAs(HISTORY);
        assertThat(Event.of("said", String.class)).isNotEqualTo(SAID);
        assertThat(Event.of("spoken", Line.class)).isNotEqualTo(SAID);
        assertThat(Event.of("history", new TypeReference<List<String>>() {})).isNotEqualTo(HISTORY);
    }

    @Test
    void tellsItsNameAndType() {
        assertThat(SAID.name()).isEqualTo("said");
        assertThat(SAID.type()).isEqualTo(Line.class);
        assertThat(SAID).hasToString("'said' of " + Line.class.getName());
        assertThat(HISTORY).hasToString("'history' of java.util.List<" + Line.class.getName() + ">");
        assertThat(TYPING).hasToString("'typing'");
    }

    private static Args args(String text) {
        return new Args(Json.standard().readArray(Bytes.ofUtf8(text), 0), Ack.NONE);
    }
}
