package io.sockeye.testbed.simulation;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * What came out of one run of a plan.
 *
 * @param failure what must not have happened; null if all was well
 * @param hash the same in each run of the plan
 * @param totals how much happened
 */
record Run(Plan plan, @Nullable Throwable failure, long hash, Totals totals) {
    /** @param lines where to write what happens; null for nowhere */
    static Run of(Plan plan, Faults faults, @Nullable PrintStream lines) {
        var simulation = new Simulation(plan, faults, lines);
        Throwable failure = null;
        try {
            simulation.run();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        return new Run(plan, failure, simulation.trace().hash(), simulation.totals());
    }

    boolean failed() {
        return failure != null;
    }

    /** What went wrong, for people. */
    String report() {
        if (failure == null) {
            return "";
        }
        if (failure instanceof Violation && failure.getCause() == null) {
            return String.valueOf(failure.getMessage());
        }
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
