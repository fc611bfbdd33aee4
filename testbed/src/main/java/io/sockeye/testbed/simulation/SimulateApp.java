package io.sockeye.testbed.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs one seed after another until one fails, which is made small and printed with the command that repeats it.
 *
 * <pre>
 * simulate [--from SEED] [--seeds COUNT] [--steps STEPS]
 * simulate --seed SEED [--steps STEPS] [--clients 0,2] [--only 3,17] [--trace]
 * </pre>
 */
public final class SimulateApp {
    private static final Set<String> NAMES = Set.of("--from", "--seeds", "--seed", "--steps", "--clients", "--only");
    private static final String USUAL_STEPS = "40";

    private final Map<String, String> options = new HashMap<>();
    private boolean trace;

    private SimulateApp(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            String name = args.get(i);
            if (name.equals("--trace")) {
                trace = true;
            } else if (NAMES.contains(name) && i + 1 < args.size()) {
                options.put(name, args.get(++i));
            } else {
                throw new IllegalArgumentException(
                        "option " + name + ": expected --trace, or a value after one of " + NAMES);
            }
        }
    }

    /** @return whether all was well */
    public static boolean run(List<String> args) {
        var app = new SimulateApp(args);
        return app.options.containsKey("--seed") ? app.runOne() : app.runMany();
    }

    private Plan plan(long seed) {
        return Plan.of(seed, Integer.parseInt(options.getOrDefault("--steps", USUAL_STEPS)));
    }

    private boolean runOne() {
        var plan = plan(Long.parseLong(options.get("--seed")));
        var clients = numbers("--clients");
        if (clients != null) {
            for (int client : plan.clients()) {
                plan = clients.contains(client) ? plan : plan.without(client);
            }
        }
        var only = numbers("--only");
        var run = Run.of(only == null ? plan : plan.only(only), Faults.NONE, trace ? System.out : null);
        System.out.printf("seed %d: %s, hash %016x%n%s%n", plan.seed(), run.totals(), run.hash(), run.report());
        return !run.failed();
    }

    private @Nullable Set<Integer> numbers(String option) {
        String list = options.get(option);
        return list == null
                ? null
                : Arrays.stream(list.split(",", -1))
                        .filter(number -> !number.isEmpty())
                        .map(Integer::valueOf)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean runMany() {
        long from = Long.parseLong(options.getOrDefault("--from", "1"));
        long count = Long.parseLong(options.getOrDefault("--seeds", "1000"));
        var seeds = new Seeds(this::plan, Faults.NONE);
        long start = System.nanoTime();
        var failed = seeds.firstFailure(from, from + count);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%s, hash %016x, %.0f steps/s%n",
                seeds.totals(), seeds.hash(), seeds.totals().steps() / seconds);
        if (failed == null) {
            return true;
        }
        var smallest = seeds.shrink(failed);
        System.out.printf("seed %d failed: %s%n%s%n", failed.plan().seed(), failed.report(), repeat(smallest));
        return false;
    }

    private String repeat(Plan smallest) {
        String steps = options.containsKey("--steps") ? " --steps " + options.get("--steps") : "";
        return "it still fails with %d clients and %d steps:%n"
                        .formatted(smallest.clients().size(), smallest.steps().size())
                + "java -jar testbed/target/testbed.jar simulate " + smallest.options() + steps + " --trace";
    }
}
