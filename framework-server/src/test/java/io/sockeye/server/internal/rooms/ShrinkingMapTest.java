package io.sockeye.server.internal.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShrinkingMapTest {
    private final ShrinkingMap<Integer, String> map = new ShrinkingMap<>();

    @Test
    void hasASmallTableAgainWhenMostIsGone() {
        for (int i = 0; i < 100_000; i++) {
            map.put(i, "value " + i);
        }
        assertThat(map.most()).isEqualTo(100_000);
        for (int i = 0; i < 99_990; i++) {
            map.remove(i);
        }
        assertThat(map.most()).isLessThan(1_100);
        assertThat(map.keys()).hasSize(10).contains(99_990, 99_999);
        assertThat(map.get(99_995)).isEqualTo("value 99995");
    }

    @Test
    void isNotMadeAnewForAFew() {
        for (int i = 0; i < 1_000; i++) {
            map.computeIfAbsent(i, String::valueOf);
        }
        for (int i = 0; i < 1_000; i++) {
            map.remove(i);
        }
        assertThat(map.most()).isEqualTo(1_000);
        assertThat(map.isEmpty()).isTrue();
    }
}
