package io.sockeye.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void thePortIs3000UnlessTheOptionSaysOtherwise() {
        assertThat(Options.parse()).isEqualTo(new Options(3000, false));
        assertThat(Options.parse("--port", "8080")).isEqualTo(new Options(8080, false));
        assertThat(Options.parse("--port=0")).isEqualTo(new Options(0, false));
        assertThat(Options.parse("--help")).isEqualTo(new Options(3000, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "-1", "65536", "80 80", "99999999999"})
    void aPortIsANumberInItsRange(String port) {
        String problem = "--port '" + port + "': a port is a number from 0 to 65535.";

        assertThatThrownBy(() -> Options.parse("--port", port)).hasMessage(problem);
        assertThatThrownBy(() -> Options.parse("--port=" + port)).hasMessage(problem);
    }

    @Test
    void whatIsNoOptionIsNamed() {
        assertThatThrownBy(() -> Options.parse("--port")).hasMessageContaining("a port is a number");
        assertThatThrownBy(() -> Options.parse("8080")).hasMessage("There is no option '8080'.");
        assertThatThrownBy(() -> Options.parse("--prot", "8080")).hasMessage("There is no option '--prot'.");
    }
}
