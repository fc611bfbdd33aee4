package io.sockeye.testbed.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatorTest {
    private static final int STEPS = 40;
    private static final long SEEDS = 10_000;
    /** In so many seeds each planted fault must show. */
    private static final long ENOUGH = 3_000;

    private static Seeds seeds(Faults faults) {
        return new Seeds(seed -> Plan.of(seed, STEPS), faults);
    }

    /** Worlds have nothing in common: half of them run on another thread. */
    @Test
    void holdsWhatIsPromisedInTenThousandWorlds() {
        var others = CompletableFuture.supplyAsync(() -> failure(SEEDS / 2, SEEDS));
        assertThat(failure(0, SEEDS / 2)).isEmpty();
        assertThat(others.join()).isEmpty();
    }

    private static String failure(long from, long to) {
        var seeds = seeds(Faults.NONE);
        var failed = seeds.firstFailure(from, to);
        return failed == null
                ? ""
                : failed.report() + "\n" + seeds.shrink(failed).options();
    }

    @Test
    void repeatsARunToTheByte() {
        for (var seed : LongStream.range(0, 50).toArray()) {
            var plan = Plan.of(seed, STEPS);
            var first = Run.of(plan, Faults.NONE, null);
            var second = Run.of(plan, Faults.NONE, null);
            assertThat(second.hash()).as("seed %d", seed).isEqualTo(first.hash());
            assertThat(second.totals()).isEqualTo(first.totals());
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void findsWhatIsWrong(Faults fault) {
        var seeds = seeds(fault);
        var failed = Objects.requireNonNull(
                seeds.firstFailure(0, ENOUGH), () -> fault.getClass().getSimpleName() + " was not found");
        var smallest = seeds.shrink(failed);
        assertThat(smallest.steps()).hasSizeLessThan(failed.plan().steps().size());
        assertThat(Run.of(smallest, fault, null).failed()).isTrue();
        assertThat(Run.of(smallest, Faults.NONE, null).failed()).isFalse();
    }

    @Test
    void findsARoomThatStaysInTheRegistry() {
        var failed =
                Objects.requireNonNull(seeds(new PlantedFaults.LeakedRoom()).firstFailure(0, ENOUGH));
        assertThat(failed.report()).startsWith("left in the end:").doesNotContain("rooms=0");
    }

    private static Stream<Faults> faults() {
        return Stream.of(
                new PlantedFaults.LostWakeUp(),
                new PlantedFaults.DoubledReplay(),
                new PlantedFaults.OffsetOffByOne(),
                new PlantedFaults.LeakedRoom(),
                new PlantedFaults.ReorderedFlush());
    }
}
