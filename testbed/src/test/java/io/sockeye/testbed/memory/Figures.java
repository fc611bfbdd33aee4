package io.sockeye.testbed.memory;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an attack did to a server.
 *
 * @param with while the attackers hold what they can; null if the JVM did not answer
 * @param after they have gone; null if the JVM did not answer
 * @param worstMillis of each kind of innocent client
 * @param hiccupMillis how long the machine held up this JVM at worst; see {@link Hiccups}
 * @param faults what innocent clients did not get; empty if they got all
 * @param fate of the attackers
 * @param answers whether a new client can join and is answered in the end
 * @param ends whether the process ends when it is asked to
 */
record Figures(
        JvmSize size,
        @Nullable Memory before,
        @Nullable Memory with,
        @Nullable Memory after,
        Map<String, Long> worstMillis,
        long hiccupMillis,
        List<String> faults,
        String fate,
        boolean answers,
        boolean ends,
        List<String> log) {
    Figures during(long hiccup) {
        return new Figures(size, before, with, after, worstMillis, hiccup, faults, fate, answers, ends, log);
    }

    /** A row of a table: heap before, with, after; direct with and peak; resident before and with; worst latencies; what happened. */
    String row(String attack) {
        var worst = worstMillis.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue() + " ms")
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "| %s | %d/%d | %s / %s / %s | %s (peak %s) | %s / %s | %s (machine %d ms) | %s%s%s%s | %d%s |",
                attack.replace("|", "/"),
                size.heap(),
                size.direct(),
                heap(before),
                heap(with),
                heap(after),
                with == null ? "-" : mebibytes(with.direct()),
                after == null ? "-" : mebibytes(after.peakDirect()),
                before == null ? "-" : mebibytes(before.resident()),
                with == null ? "-" : mebibytes(with.resident()),
                worst,
                hiccupMillis,
                fate,
                faults.isEmpty() ? "" : "; " + faults,
                answers ? "" : "; a new client is not answered",
                ends ? "" : "; SIGTERM does not end it",
                log.size(),
                log.isEmpty() ? "" : ": " + shorten(log.get(0)));
    }

    private static String shorten(String line) {
        return line.substring(0, Math.min(140, line.length())).replace("|", "/");
    }

    private static String heap(@Nullable Memory memory) {
        return memory == null ? "-" : mebibytes(memory.heap());
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / 1048576.0);
    }
}
