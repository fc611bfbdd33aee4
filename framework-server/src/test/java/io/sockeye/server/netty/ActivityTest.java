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
        assertThat(lateAt(first, 1_000, 0, 5_120)).isFalse();
        assertThat(lateAt(first, 6_000, 301_000, 5_120)).isFalse();
        activity.received(5_120);
        assertThat(activity.bodyLate(first, 301_001)).isTrue();
        assertThat(activity.bodyLate(second, 301_002)).isFalse();
        assertThat(activity.bodyLate(null, 601_003)).isFalse();
        assertThat(activity.bodyLate(second, 601_003)).isFalse();
    }

    /** Looks every five seconds. */
    private boolean lateAt(Object body, long begin, long end, int bytes) {
        boolean late = false;
        for (long now = begin; now <= Math.max(begin, end); now += 5_000) {
            activity.received(bytes);
            late |= activity.bodyLate(body, now);
        }
        return late;
    }

    @Test
    void aBodyThatStopsIsLateHoweverMuchHasCome() {
        var body = new Object();
        assertThat(activity.bodyLate(body, 0)).isFalse();
        assertThat(lateAt(body, 5_000, 5_000, 999_000)).isFalse();
        assertThat(lateAt(body, 10_000, 25_000, 1)).isFalse();
        assertThat(lateAt(body, 30_000, 30_000, 1)).isTrue();
    }

    @Test
    void aBodyThatComesSlowerThanItsRateIsLateInTheEnd() {
        var slow = new Object();
        assertThat(lateAt(slow, 0, 60_000, 5 * 1024)).isFalse();
        assertThat(lateAt(slow, 65_000, 95_000, 2 * 1024)).isTrue();
    }

    @Test
    void aLoopThatWasLateItselfIsNoFaultOfThePeers() {
        var body = new Object();
        assertThat(activity.bodyLate(body, 0)).isFalse();
        assertThat(activity.bodyLate(body, 60_000)).isFalse();
    }
}
