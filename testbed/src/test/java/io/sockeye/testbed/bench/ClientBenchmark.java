package io.sockeye.testbed.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Our client beside the official Java client, in one run against one server of ours: round by round, case by case, each
 * measurement in a process of its own. Prints a table of medians: {@code ClientBenchmark [ROUNDS [SECONDS]]}.
 */
final class ClientBenchmark {
    private static final List<String> LIBRARIES = List.of("sockeye", "sockeye-shared", "socket.io");
    /** Connections, and events in flight on each. */
    private static final int[][] CASES = {{1, 1}, {1, 16}, {50, 1}, {50, 16}, {1, 0}, {1_000, 0}};

    /** How many times as long as it is measured: with little in flight, the JIT compilers take their time. */
    private static final int WARM_UP = 2;

    private final String url;
    private final int seconds;
    private final Map<String, List<Result>> results = new LinkedHashMap<>();

    private ClientBenchmark(String url, int seconds) {
        this.url = url;
        this.seconds = seconds;
    }

    /** What {@link ClientLoad} prints. */
    record Result(
            String library,
            int jdk,
            int connections,
            int inFlight,
            long acks,
            double cpuMicrosPerAck,
            int platformThreads,
            long heapKiB,
            long rssKiB) {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        var server = java("io.sockeye.testbed.Testbed", "bench", "--port", "0", "--loops", "1");
        try {
            var ready = firstLine(server);
            var benchmark =
                    new ClientBenchmark("http://127.0.0.1:" + ready.substring(ready.lastIndexOf(' ') + 1), seconds);
            for (int round = 0; round < rounds; round++) {
                benchmark.run(round);
            }
            benchmark.print();
        } finally {
            server.destroy();
        }
    }

    private static Process java(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String firstLine(Process process) throws IOException {
        var line = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        if (line == null) {
            throw new IOException("the process ended without a word");
        }
        return line;
    }

    /** The libraries take turns at being the first. */
    private void run(int round) throws Exception {
        for (var load : CASES) {
            for (int i = 0; i < LIBRARIES.size(); i++) {
                var library = LIBRARIES.get((i + round) % LIBRARIES.size());
                measure(library, load[0], load[1]);
            }
        }
    }

    private void measure(String library, int connections, int inFlight) throws Exception {
        var process = java(
                "io.sockeye.testbed.bench.ClientLoad",
                library,
                url,
                String.valueOf(connections),
                String.valueOf(inFlight),
                String.valueOf(inFlight == 0 ? 1 : WARM_UP * seconds),
                String.valueOf(inFlight == 0 ? 1 : seconds));
        var line = firstLine(process);
        process.waitFor();
        System.err.println(line);
        var result = Json.standard().readValue(Bytes.ofUtf8(line)).as(Result.class);
        results.computeIfAbsent(connections + " | " + inFlight + " | " + library, key -> new ArrayList<>())
                .add(result);
    }

    private void print() {
        System.out.println(
                "| connections | in flight | client | CPU µs per acknowledgement | platform threads | heap KiB | RSS KiB |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        results.forEach((key, runs) -> System.out.printf(
                "| %s | %s | %.0f | %.0f | %.0f |%n",
                key,
                key.contains("| 0 |") ? "–" : "%.1f".formatted(median(runs, Result::cpuMicrosPerAck)),
                median(runs, Result::platformThreads),
                median(runs, Result::heapKiB),
                median(runs, Result::rssKiB)));
    }

    private static double median(List<Result> runs, ToDoubleFunction<Result> figure) {
        var sorted = runs.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
        return sorted.get(sorted.size() / 2);
    }
}
