package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostingsTest {
    private final Postings postings = new Postings();
    private final List<String> ran = new ArrayList<>();

    @Test
    void withNothingUnderWayNobodyWaits() {
        postings.cut(number -> {}, () -> ran.add("then"));
        postings.run(number -> ran.add("posted"));
        postings.cut(number -> {}, () -> ran.add("then again"));
        assertThat(ran).containsExactly("then", "posted", "then again");
    }

    @Test
    void whatIsUnderWayIsWaitedFor() {
        postings.run(posting -> {
            postings.cut(number -> {}, () -> ran.add("then"));
            ran.add("posted");
        });
        assertThat(ran).containsExactly("posted", "then");
    }

    @Test
    void laterOnesAreNotWaitedFor() {
        long present = postings.begin();
        postings.cut(number -> {}, () -> ran.add("then"));
        long later = postings.begin();
        postings.cut(number -> {}, () -> ran.add("after the later one"));
        postings.end(present).forEach(Runnable::run);
        assertThat(ran).containsExactly("then");
        postings.end(later).forEach(Runnable::run);
        assertThat(ran).containsExactly("then", "after the later one");
    }

    @Test
    void theEndOfALaterOneIsNotTheEndOfAll() {
        postings.run(outer -> {
            postings.run(inner -> postings.cut(number -> {}, () -> ran.add("then")));
            ran.add("inner posted");
        });
        assertThat(ran).containsExactly("inner posted", "then");
    }

    @Test
    void whatFailsIsWaitedForNoLonger() {
        assertThatThrownBy(() -> postings.run(posting -> {
                    postings.cut(number -> {}, () -> ran.add("then"));
                    throw new IllegalStateException("no loops");
                }))
                .hasMessage("no loops");
        assertThat(ran).containsExactly("then");
    }

    @Test
    void whatBeganBeforeTheCutHasALowerNumber() {
        var cut = new ArrayList<Long>();
        long before = postings.begin();
        postings.cut(cut::add, () -> {});
        long after = postings.begin();
        assertThat(cut).hasSize(1);
        assertThat(cut.get(0)).isGreaterThan(before).isLessThanOrEqualTo(after);
    }
}
