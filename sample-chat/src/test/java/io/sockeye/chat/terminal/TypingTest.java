package io.sockeye.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.chat.Typing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both directions: what I tell the others while I type, and what I hear of them. */
class TypingTest {
    private final List<Boolean> told = new ArrayList<>();
    private final TypingSignal signal = new TypingSignal(told::add);
    private final Typists typists = new Typists();

    @Test
    void tellsAtOnceAndThenEveryTwoSeconds() {
        signal.typed("h", 10_000);
        signal.typed("he", 11_999);
        assertThat(told).containsExactly(true);

        signal.typed("hel", 12_000);
        assertThat(told).containsExactly(true, true);
    }

    @Test
    void tellsOnceThatIStopped() {
        signal.typed("h", 10_000);
        signal.tick(12_999);
        assertThat(told).containsExactly(true);

        signal.tick(13_000);
        signal.tick(14_000);
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void anEmptyLineIsNoTyping() {
        signal.typed("h", 10_000);
        signal.typed("", 10_100);

        assertThat(told).containsExactly(true, false);
    }

    @Test
    void commandsAreNobodysBusiness() {
        signal.typed("/whisper Bob", 10_000);

        assertThat(told).isEmpty();
    }

    @Test
    void hearsOfOneOfTwoAndOfMany() {
        assertThat(typists.sentence(0)).isEmpty();

        typists.hear(new Typing("a", "Ann", true), 0);
        assertThat(typists.sentence(1)).isEqualTo("Ann is typing …");

        typists.hear(new Typing("b", "Bob", true), 0);
        assertThat(typists.sentence(1)).isEqualTo("Ann and Bob are typing …");

        typists.hear(new Typing("c", "Cyd", true), 0);
        assertThat(typists.sentence(1)).isEqualTo("several people are typing …");
    }

    @Test
    void forgetsWhoStopsAndWhoIsNotHeardOfForAWhile() {
        typists.hear(new Typing("a", "Ann", true), 0);
        typists.hear(new Typing("b", "Bob", true), 0);

        typists.hear(new Typing("a", "Ann", false), 1000);
        assertThat(typists.sentence(3999)).isEqualTo("Bob is typing …");
        assertThat(typists.sentence(4000)).isEmpty();
    }
}
