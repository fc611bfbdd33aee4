package io.sockeye.server.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PayloadHintTest {
    private final PayloadHint hint = new PayloadHint();

    @Test
    void isDueOnceAMinute() {
        assertThat(hint.due(-5)).isTrue();
        assertThat(hint.due(-5)).isFalse();
        assertThat(hint.due(59_994)).isFalse();
        assertThat(hint.due(59_995)).isTrue();
        assertThat(hint.due(59_996)).isFalse();
    }
}
