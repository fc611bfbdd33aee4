package io.sockeye.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** One of the testbed's servers in a process of its own. */
final class App implements AutoCloseable {
    private static final Pattern RECOVERY = Pattern.compile("recovery on (\\d+)");

    private final Process process;
    /** What it said when it listened. */
    private final String ready;

    private App(Process process, String ready) {
        this.process = process;
        this.ready = ready;
    }

    static App start(String name, String... options) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("testbed.jar"),
                name,
                "--port",
                "0"));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String ready = out.readLine();
        if (ready == null) {
            throw new IOException("the server '" + name + "' did not start");
        }
        return new App(process, ready);
    }

    String url() {
        return "http://127.0.0.1:" + ready.substring(ready.lastIndexOf(' ') + 1);
    }

    /** The environment by which the checks find its servers. */
    Map<String, String> environment(String name) {
        var environment = new HashMap<>(Map.of(name.toUpperCase(Locale.ROOT) + "_URL", url()));
        var recovery = RECOVERY.matcher(ready);
        if (recovery.find()) {
            environment.put("RECOVERY_URL", "http://127.0.0.1:" + recovery.group(1));
        }
        return environment;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
