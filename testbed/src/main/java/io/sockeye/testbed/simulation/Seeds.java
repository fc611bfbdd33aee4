package io.sockeye.testbed.simulation;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Runs the plans of many seeds. */
final class Seeds {
    private final LongFunction<Plan> plans;
    private final Faults faults;
    private Totals totals = Totals.NONE;
    private long hash;

    Seeds(LongFunction<Plan> plans, Faults faults) {
        this.plans = plans;
        this.faults = faults;
    }

    /** The first run that fails; null if none does. */
    @Nullable
    Run firstFailure(long from, long to) {
        for (long seed = from; seed < to; seed++) {
            var run = Run.of(plans.apply(seed), faults, null);
            totals = totals.plus(run.totals());
            hash = hash * 31 + run.hash();
            if (run.failed()) {
                return run;
            }
        }
        return null;
    }

    /** The smallest plan that can be found which fails, too. */
    Plan shrink(Run failed) {
        return new Shrinker(plan -> Run.of(plan, faults, null).failed()).shrink(failed.plan());
    }

    Totals totals() {
        return totals;
    }

    /** The same each time for the same seeds. */
    long hash() {
        return hash;
    }
}
