package io.sockeye.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    @ParameterizedTest
    @CsvSource({"1, 125000", "1000000, 125000", "1000008, 125001", "67108864, 8388608", "2147483647, 268435455"})
    void packetsFollowTheBytes(int maxPayload, int packets) {
        assertThat(Limits.of(maxPayload, 1)).isEqualTo(new Limits(maxPayload, packets, 1));
    }
}
