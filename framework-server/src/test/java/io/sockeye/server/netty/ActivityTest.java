package io.sockeye.server.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActivityTest {
    private final Activity activity = new Activity();

    @Test
    void whoDoesNothingIsIdleAfterAWhile() {
        assertThat(activity.idle(0, 5_000)).isFalse();
        assertThat(activity.idle(0, 70_000)).isFalse();
        assertThat(activity.idle(0, 70_001)).isTrue();
        activity.touch();
        assertThat(activity.idle(0, 100_000)).isFalse();
        assertThat(activity.idle(0, 165_001)).isTrue();
    }

    @Test
    void whoTakesSomeOfAnAnswerIsNot() {
        for (int i = 0; i < 100; i++) {
            assertThat(activity.idle(100 - i, i * 60_000L)).isFalse();
        }
        assertThat(activity.idle(1, 100 * 60_000)).isFalse();
        assertThat(activity.idle(1, 101 * 60_000)).isTrue();
    }

    @Test
    void aBodyMayTakeFiveMinutes() {
        var first = new Object();
        var second = new Object();
        assertThat(activity.bodyLate(first, 1_000)).isFalse();
        assertThat(activity.bodyLate(first, 301_000)).isFalse();
        assertThat(activity.bodyLate(first, 301_001)).isTrue();
        assertThat(activity.bodyLate(second, 301_002)).isFalse();
        assertThat(activity.bodyLate(null, 601_003)).isFalse();
        assertThat(activity.bodyLate(second, 601_003)).isFalse();
    }
}
