package io.sockeye.server.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void mayTakeFiveMinutes() {
        var first = new Object();
        var second = new Object();
        assertThat(lateAt(first, 1_000, 0, 5_120)).isFalse();
        assertThat(lateAt(first, 6_000, 301_000, 5_120)).isFalse();
        pace.received(5_120);
        assertThat(pace.late(first, 301_001)).isTrue();
        assertThat(pace.late(second, 301_002)).isFalse();
        assertThat(pace.late(null, 601_003)).isFalse();
        assertThat(pace.late(second, 601_003)).isFalse();
    }

    /** Looks every five seconds. */
    private boolean lateAt(Object body, long begin, long end, int bytes) {
        boolean late = false;
        for (long now = begin; now <= Math.max(begin, end); now += 5_000) {
            pace.received(bytes);
            late |= pace.late(body, now);
        }
        return late;
    }

    @Test
    void whatStopsIsLateHoweverMuchHasCome() {
        var body = new Object();
        assertThat(pace.late(body, 0)).isFalse();
        assertThat(lateAt(body, 5_000, 5_000, 999_000)).isFalse();
        assertThat(lateAt(body, 10_000, 25_000, 1)).isFalse();
        assertThat(lateAt(body, 30_000, 30_000, 1)).isTrue();
    }

    @Test
    void whatComesSlowerThanItsRateIsLateInTheEnd() {
        var slow = new Object();
        assertThat(lateAt(slow, 0, 60_000, 5 * 1024)).isFalse();
        assertThat(lateAt(slow, 65_000, 95_000, 2 * 1024)).isTrue();
    }

    @Test
    void aLoopThatWasLateItselfIsNoFaultOfThePeers() {
        var body = new Object();
        assertThat(pace.late(body, 0)).isFalse();
        assertThat(pace.late(body, 60_000)).isFalse();
    }
}
