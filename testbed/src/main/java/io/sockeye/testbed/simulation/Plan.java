package io.sockeye.testbed.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What happens in one run, decided before it begins.
 *
 * @param clients those that are there, by their index
 */
record Plan(long seed, Settings settings, Set<Integer> clients, List<Step> steps) {
    private static final long BEGIN_MILLIS = 300;
    private static final long END_MILLIS = 5_000;
    /** More often than the others. */
    private static final Step.Kind[] USUAL = {
        Step.Kind.SAY, Step.Kind.SAY, Step.Kind.SAY, Step.Kind.JOIN, Step.Kind.ANNOUNCE, Step.Kind.CUT
    };

    static Plan of(long seed, int steps) {
        var random = new SplittableRandom(seed);
        var settings = Settings.draw(random);
        var all = new ArrayList<Step>();
        for (int i = 0; i < steps; i++) {
            all.add(step(i, settings, random));
        }
        all.sort(Comparator.comparingLong(Step::atMillis));
        var clients = new TreeSet<Integer>();
        IntStream.range(0, settings.clients().size()).forEach(clients::add);
        return new Plan(seed, settings, clients, all);
    }

    private static Step step(int number, Settings settings, SplittableRandom random) {
        var kinds = Step.Kind.values();
        boolean usual = random.nextInt(3) > 0;
        var kind = usual ? USUAL[random.nextInt(USUAL.length)] : kinds[random.nextInt(kinds.length)];
        if (settings.memoryBytes() > 0 && random.nextInt(10) == 0) {
            kind = random.nextBoolean() ? Step.Kind.FLOOD : Step.Kind.GORGE;
        }
        return new Step(
                number,
                BEGIN_MILLIS + random.nextLong(END_MILLIS),
                kind,
                random.nextInt(settings.clients().size()),
                random.nextInt(1 << 16));
    }

    /** The same with some of the steps only. */
    Plan with(List<Step> fewer) {
        return new Plan(seed, settings, clients, List.copyOf(fewer));
    }

    /** The same with the steps of these numbers only. */
    Plan only(Set<Integer> numbers) {
        return with(
                steps.stream().filter(step -> numbers.contains(step.number())).toList());
    }

    /** The same without a client and all that it does. */
    Plan without(int client) {
        var fewer = new TreeSet<>(clients);
        fewer.remove(client);
        return new Plan(
                seed,
                settings,
                fewer,
                steps.stream().filter(step -> step.client() != client).toList());
    }

    /** The options that repeat it. */
    String options() {
        var numbers = steps.stream().map(step -> String.valueOf(step.number())).collect(Collectors.joining(","));
        var present = clients.stream().map(String::valueOf).collect(Collectors.joining(","));
        return "--seed " + seed + " --clients " + present + " --only " + numbers;
    }
}
