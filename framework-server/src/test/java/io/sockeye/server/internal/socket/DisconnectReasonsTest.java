package io.sockeye.server.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.protocol.CloseReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DisconnectReasonsTest {
    @ParameterizedTest
    @EnumSource
    void everyEndOfAConnectionIsAReasonOfTheSameText(CloseReason reason) {
        assertThat(DisconnectReasons.of(reason).text()).isEqualTo(reason.text());
        assertThat(DisconnectReasons.of(reason).name()).isEqualTo(reason.name());
    }
}
