package io.sockeye.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void takesWhatIsGiven() {
        assertThat(Arguments.parse("--nick=Ada Lovelace", "--room=garden", "--server=https://chat.example"))
                .isEqualTo(new Arguments(Optional.of("Ada Lovelace"), Optional.of("garden"), "https://chat.example"));
    }

    @Test
    void whatIsEmptyIsNotGiven() {
        assertThat(Arguments.parse("--nick=", "--room=", "--server="))
                .isEqualTo(new Arguments(Optional.empty(), Optional.empty(), "http://localhost:3000"));
    }

    @Test
    void objectsToWhatItDoesNotKnow() {
        assertThatThrownBy(() -> Arguments.parse("--colour=red")).hasMessageContaining("'--colour=red' is none of");
        assertThatThrownBy(() -> Arguments.parse("Ada")).isInstanceOf(IllegalArgumentException.class);
    }
}
