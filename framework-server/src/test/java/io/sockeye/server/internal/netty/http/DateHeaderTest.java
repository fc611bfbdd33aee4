package io.sockeye.server.internal.netty.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DateHeaderTest {
    private final DateHeader date = new DateHeader();

    @Test
    void hasTheFormOfRfc9110() {
        assertThat(date.at(784_111_777_000L)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(date.at(-1)).isEqualTo("Wed, 31 Dec 1969 23:59:59 GMT");
    }

    @Test
    void isWrittenOnceASecond() {
        var text = date.at(784_111_777_000L);
        assertThat(date.at(784_111_777_999L)).isSameAs(text);
        assertThat(date.at(784_111_778_000L)).isEqualTo("Sun, 06 Nov 1994 08:49:38 GMT");
        assertThat(date.at(784_111_777_000L)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
