package io.sockeye.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of the testbed's servers in a process of its own. */
final class App implements AutoCloseable {
    private final Process process;
    private final int port;

    private App(Process process, int port) {
        this.process = process;
        this.port = port;
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
        return new App(process, Integer.parseInt(ready.substring(ready.lastIndexOf(' ') + 1)));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
