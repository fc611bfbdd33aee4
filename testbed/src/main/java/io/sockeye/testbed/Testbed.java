package io.sockeye.testbed;

import java.util.Arrays;

/** Starts one of the servers by its name: {@code java -jar testbed.jar engine|socket|conformance|bench}. */
final class Testbed {
    private Testbed() {}

    public static void main(String[] args) {
        if (args.length == 0) {
            throw new IllegalArgumentException("usage: testbed engine|socket|conformance|bench [options]");
        }
        var options = Options.parse(Arrays.asList(args).subList(1, args.length));
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
