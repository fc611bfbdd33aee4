package io.sockeye.testbed.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;

/** What no attack may do to a server, whatever it is. */
final class Verdict {
    /** The lines that tell, once a minute, that somebody was stopped by the budget or by another limit; once, that a pool is full. */
    private static final Pattern LIMIT_LINE =
            Pattern.compile(".* INFO .* - (memory|max\\w+): .*|.* WARN +PoolGrowth - all .* are busy, .*");

    private static final long WORST_MILLIS = 1_000;
    /** What may be left when the attackers have gone: code that was compiled, tables that were in use. */
    private static final long LEFT_BYTES = 16L << 20;

    private Verdict() {}

    /** The server lives, answers others in time, held no more than its share, gave it back, and said little. */
    static void harmless(Attack attack, Figures figures) {
        var row = figures.row(attack.toString());
        assertThat(figures.before()).as(row).isNotNull();
        var softly = new SoftAssertions();
        softly.assertThat(figures.faults()).as("innocent clients: %s", row).isEmpty();
        softly.assertThat(figures.answers())
                .as("a new client is answered: %s", row)
                .isTrue();
        softly.assertThat(figures.ends()).as("SIGTERM ends it: %s", row).isTrue();
        softly.assertThat(figures.worstMillis().values())
                .as("worst latency: %s", row)
                .allMatch(millis -> millis < WORST_MILLIS + figures.hiccupMillis());
        softly.assertThat(figures.log())
                .as("log: %s", row)
                .allMatch(line -> LIMIT_LINE.matcher(line).matches());
        checkMemory(softly, figures, row);
        softly.assertAll();
    }

    private static void checkMemory(SoftAssertions softly, Figures figures, String row) {
        var before = figures.before();
        var with = figures.with();
        var after = figures.after();
        softly.assertThat(with).as("memory with the attack: %s", row).isNotNull();
        softly.assertThat(after).as("memory after the attack: %s", row).isNotNull();
        if (before == null || with == null || after == null) {
            return;
        }
        softly.assertThat(with.heap())
                .as("heap with the attack: %s", row)
                .isLessThan(before.heap() + figures.size().heapBytes() / 2);
        softly.assertThat(after.heap()).as("heap after the attack: %s", row).isLessThan(before.heap() + LEFT_BYTES);
        softly.assertThat(after.peakDirect())
                .as("direct memory at its peak: %s", row)
                .isLessThan(figures.size().directBytes() * 3 / 4);
    }

    /** The server goes on once there is memory again, or has ended and said so; it never hangs. */
    static void recoversOrEnds(Attack attack, Figures figures) {
        var row = figures.row(attack.toString());
        assertThat(figures.ends()).as("it ends: %s", row).isTrue();
        assertThat(figures.answers() || figures.log().stream().anyMatch(Verdict::tellsTheEnd))
                .as("it answers, or says why it has ended: %s", row)
                .isTrue();
    }

    /** Where there is no memory to log the error itself, a constant line says that the server has closed. */
    private static boolean tellsTheEnd(String line) {
        return line.contains("OutOfMemoryError") || line.contains("the thread of an event loop has ended by an error");
    }
}
