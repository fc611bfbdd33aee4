package io.sockeye.server.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.engine.memory.Budget;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventLogTest {
    /** Takes 64 bytes and 64 more for its room, and the room's name. */
    private static final LogEntry.SocketChange ENTRY =
            new LogEntry.SocketChange(new ClusterLog.Moved("/", Target.ALL, Set.of("red"), true));

    private final Budget budget = new Budget(1_000_000);
    private EventLog log = new EventLog(1_000, 1_000_000, 1_000, budget);
    private final List<Long> delivered = new ArrayList<>();

    private void append(int count, long nowMillis) {
        for (int i = 0; i < count; i++) {
            log.append(nowMillis, number -> ENTRY, (number, entry) -> delivered.add(number));
        }
    }

    private List<Long> after(long number) {
        var kept = log.after(number);
        if (kept == null) {
            return List.of(-1L);
        }
        assertThat(kept).allMatch(entry -> entry == ENTRY);
        return LongStream.rangeClosed(number + 1, number + kept.size()).boxed().toList();
    }

    @Test
    void deliversAscendingNumbersAndTellsWhatFollows() {
        assertThat(log.end()).isZero();
        append(40, 0);
        assertThat(delivered).startsWith(1L, 2L, 3L).endsWith(39L, 40L).hasSize(40);
        assertThat(after(37)).containsExactly(38L, 39L, 40L);
        assertThat(after(0)).hasSize(40);
        assertThat(after(40)).isEmpty();
        assertThat(log.end()).isEqualTo(40);
    }

    @Test
    void doesNotKnowWhatWasNeverDrawnNorWhatIsForgotten() {
        append(2, 0);
        assertThat(after(3)).containsExactly(-1L);
        assertThat(after(-1)).containsExactly(-1L);
    }

    @Test
    void keepsSoManyEntries() {
        log = new EventLog(3, 1_000_000, 1_000, budget);
        append(5, 0);
        assertThat(after(2)).containsExactly(3L, 4L, 5L);
        assertThat(after(1)).containsExactly(-1L);
    }

    @Test
    void keepsSoManyBytes() {
        log = new EventLog(1_000, 3 * 131, 1_000, budget);
        append(5, 0);
        assertThat(log.bytes()).isEqualTo(3 * 131);
        assertThat(after(2)).hasSize(3);
        assertThat(after(1)).containsExactly(-1L);
    }

    @Test
    void keepsEntriesForSoLong() {
        append(2, 0);
        append(2, 500);
        log.trim(1_000);
        assertThat(after(0)).hasSize(4);
        log.trim(1_001);
        assertThat(after(1)).containsExactly(-1L);
        assertThat(after(2)).hasSize(2);
        append(1, 2_000);
        assertThat(after(4)).containsExactly(5L);
        assertThat(log.bytes()).isEqualTo(131);
    }

    @Test
    void chargesWhatIsKept() {
        append(2, 0);
        append(20, 500);
        assertThat(budget.heldBytes()).isEqualTo(22 * 131);
        log.trim(1_001);
        assertThat(budget.heldBytes()).isEqualTo(20 * 131);
        log.clear();
        assertThat(budget.heldBytes()).isZero();
    }

    /** Also at the moment when the ring is full. */
    @Test
    void givesAllBackWhereTheLogOfTheClusterDoesNotGoOn() {
        assertThat(log.goesOn("", number -> {})).isFalse();
        read(1, 16, 0);
        assertThat(log.goesOn("elsewhere", number -> {})).isTrue();
        assertThat(budget.heldBytes()).isZero();
        read(17, 18, 0);
        assertThat(after(17)).containsExactly(18L, 19L);
    }

    @Test
    void goesOnCountingWhenNobodyNeedsWhatIsKept() {
        append(20, 0);
        log.clear();
        assertThat(log.bytes()).isZero();
        assertThat(after(20)).isEmpty();
        assertThat(after(19)).containsExactly(-1L);
        append(1, 0);
        assertThat(after(20)).containsExactly(21L);
    }

    private void read(int from, int to, long nowMillis) {
        for (int i = from; i <= to; i++) {
            log.append(nowMillis, "offset " + i, ENTRY, (number, entry) -> delivered.add(number));
        }
    }

    @Test
    void knowsTheOffsetsOfAClustersLogAsLongAsItKnowsWhatFollows() {
        log = new EventLog(3, 1_000_000, 1_000, budget);
        assertThat(log.number("")).isNegative();
        assertThat(log.goesOn("", number -> delivered.add(number))).isFalse();
        assertThat(log.number("")).isZero();
        assertThat(log.offset(0)).isEmpty();
        read(1, 5, 0);
        assertThat(delivered).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(log.number("")).isNegative();
        assertThat(log.number("offset 1")).isNegative();
        assertThat(log.number("offset 2")).isEqualTo(2);
        assertThat(log.number("offset 5")).isEqualTo(5);
        assertThat(log.offset(1)).isNull();
        assertThat(log.offset(2)).isEqualTo("offset 2");
        assertThat(log.offset(4)).isEqualTo("offset 4");
        assertThat(log.offset(6)).isNull();
        log.trim(1_001);
        assertThat(log.number("offset 4")).isNegative();
        assertThat(log.number("offset 5")).isEqualTo(5);
        assertThat(log.offset(5)).isEqualTo("offset 5");
    }

    @Test
    void knowsNothingFromBeforeAGap() {
        log.goesOn("offset 0", number -> delivered.add(number));
        read(1, 2, 0);
        assertThat(log.goesOn("offset 7", number -> delivered.add(-number))).isTrue();
        assertThat(delivered).containsExactly(1L, 2L, -3L);
        assertThat(log.end()).isEqualTo(3);
        assertThat(log.number("offset 2")).isNegative();
        long gap = log.number("offset 7");
        read(8, 8, 0);
        assertThat(log.offset(gap + 1)).isEqualTo("offset 8");
        assertThat(after(gap)).containsExactly(gap + 1);
        assertThat(log.offset(2)).isNull();
        assertThat(after(2)).containsExactly(-1L);
        assertThat(after(1)).containsExactly(-1L);
    }

    @Test
    void aReaderThatBeginsAgainWhereItWasHasMissedNothing() {
        log = new EventLog(3, 1_000_000, 1_000, budget);
        assertThat(log.goesOn("offset 4", number -> delivered.add(number))).isFalse();
        assertThat(log.goesOn("offset 4", number -> delivered.add(number))).isFalse();
        read(5, 9, 0);
        assertThat(log.goesOn("offset 9", number -> delivered.add(number))).isFalse();
        assertThat(after(2)).containsExactly(3L, 4L, 5L);
        log.trim(1_001);
        assertThat(log.goesOn("offset 9", number -> delivered.add(number))).isFalse();
        assertThat(delivered).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(log.number("offset 9")).isEqualTo(5);
        assertThat(log.goesOn("offset 8", number -> delivered.add(number))).isTrue();
    }

    @Test
    void anEntryThatCannotBeMadeTakesNoNumber() {
        assertThatThrownBy(() -> log.append(
                        0,
                        number -> {
                            throw new IllegalStateException("no parser");
                        },
                        (number, entry) -> delivered.add(number)))
                .hasMessage("no parser");
        append(1, 0);
        assertThat(delivered).containsExactly(1L);
    }
}
