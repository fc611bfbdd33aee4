package io.sockeye.server.internal.netty;

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
}
