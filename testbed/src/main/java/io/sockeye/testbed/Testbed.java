package io.sockeye.testbed;

import io.sockeye.testbed.memory.MemoryApp;
import io.sockeye.testbed.simulation.SimulateApp;
import java.util.Arrays;

/**
 * Starts one of the servers by its name: {@code java -jar testbed.jar engine|socket|conformance|bench}, the simulator: {@code simulate}, or
 * the server that tests attack: {@code memory}.
 */
final class Testbed {
    private Testbed() {}

    public static void main(String[] args) {
        if (args.length == 0) {
            throw new IllegalArgumentException(
                    "usage: testbed engine|socket|conformance|bench|simulate|memory [options]");
        }
        var rest = Arrays.asList(args).subList(1, args.length);
        if (args[0].equals("simulate")) {
            System.exit(SimulateApp.run(rest) ? 0 : 1);
        }
        if (args[0].equals("memory")) {
            MemoryApp.run(rest);
            return;
        }
        var options = Options.parse(rest);
        switch (args[0]) {
            case "engine" -> EngineApp.start(options);
            case "socket" -> SocketApp.start(options);
            case "conformance" -> ConformanceApp.start(options);
            case "bench" -> BenchApp.start(options);
            default -> throw new IllegalArgumentException("no such server: " + args[0]);
        }
    }

    /** The line that tells whoever started the server that it can be used. */
    static void ready(String name, int port) {
        System.out.println("ready " + name + " " + port);
    }
}
