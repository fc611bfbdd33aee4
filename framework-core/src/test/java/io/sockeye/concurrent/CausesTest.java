package io.sockeye.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class CausesTest {
    @Test
    void futuresWrapAsOftenAsTheyLike() {
        var cause = new IllegalStateException("cause");

        assertThat(Causes.of(cause)).isSameAs(cause);
        assertThat(Causes.of(new CompletionException(new ExecutionException(cause))))
                .isSameAs(cause);
    }

    @Test
    void otherCausesStayWithin() {
        var outer = new IllegalStateException("outer", new IllegalArgumentException("inner"));

        assertThat(Causes.of(new CompletionException(outer))).isSameAs(outer);
    }

    @Test
    void whatWrapsNothingIsTheCause() {
        var empty = new CompletionException("empty", null);

        assertThat(Causes.of(empty)).isSameAs(empty);
    }
}
