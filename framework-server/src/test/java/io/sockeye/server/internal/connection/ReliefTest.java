package io.sockeye.server.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReliefTest {
    @Test
    void leavesEveryoneAloneBelowThreeQuarters() {
        assertThat(Relief.share(0, 1_000_000)).isEqualTo(Long.MAX_VALUE);
        assertThat(Relief.share(749_999, 1_000_000)).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "750000, 125000",
        "825000, 15625",
        "870000, 1000",
        "900000, 976",
        "2000000, 976",
    })
    void readsFewerTheLessIsLeft(long held, long share) {
        assertThat(Relief.share(held, 1_000_000)).isEqualTo(share);
    }

    @Test
    void readsThoseWhoHoldLittleInAnyCase() {
        assertThat(Relief.share(100L << 20, 100L << 20)).isEqualTo(4 << 10);
    }
}
