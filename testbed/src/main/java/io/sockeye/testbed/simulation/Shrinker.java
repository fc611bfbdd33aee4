package io.sockeye.testbed.simulation;

import java.util.ArrayList;
import java.util.function.Predicate;

/** Makes a plan that fails smaller, as long as it fails: fewer clients, then fewer steps. */
final class Shrinker {
    private final Predicate<Plan> fails;

    Shrinker(Predicate<Plan> fails) {
        this.fails = fails;
    }

    /** A plan that fails and of which nothing more can be left out. */
    Plan shrink(Plan failing) {
        var smallest = failing;
        boolean smaller = true;
        while (smaller) {
            var next = fewerSteps(fewerClients(smallest));
            smaller = size(next) < size(smallest);
            smallest = next;
        }
        return smallest;
    }

    private static int size(Plan plan) {
        return plan.clients().size() + plan.steps().size();
    }

    private Plan fewerClients(Plan failing) {
        var smallest = failing;
        for (int client : failing.clients()) {
            var candidate = smallest.without(client);
            if (fails.test(candidate)) {
                smallest = candidate;
            }
        }
        return smallest;
    }

    /** Leaves out halves, then quarters, and so on down to single steps. */
    private Plan fewerSteps(Plan failing) {
        var smallest = failing;
        for (int chunk = Math.max(1, smallest.steps().size() / 2); chunk > 0; chunk /= 2) {
            for (int from = 0; from < smallest.steps().size(); ) {
                var rest = new ArrayList<>(smallest.steps());
                rest.subList(from, Math.min(rest.size(), from + chunk)).clear();
                var candidate = smallest.with(rest);
                if (fails.test(candidate)) {
                    smallest = candidate;
                } else {
                    from += chunk;
                }
            }
        }
        return smallest;
    }
}
