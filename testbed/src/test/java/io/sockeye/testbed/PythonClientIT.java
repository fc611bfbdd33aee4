package io.sockeye.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian's python3-socketio against the conformance server, over each way of transport. */
class PythonClientIT {
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    private static Path reports;

    @BeforeAll
    static void isThere() throws Exception {
        boolean present = Files.isExecutable(Path.of(PYTHON))
                && run(reports.resolve("present.txt"), PYTHON, "-c", "import socketio, websocket, requests") == 0;
        assertThat(present || !"true".equals(System.getenv("CI")))
                .as("python3-socketio, python3-websocket and python3-requests are installed where CI runs")
                .isTrue();
        assumeTrue(present, "python3-socketio, python3-websocket or python3-requests is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void talksToUs(String transports) throws Exception {
        var report = reports.resolve("report.txt");
        var script = Path.of("src", "test", "python", "client.py").toString();
        try (var app = App.start("conformance", "--loops", "2")) {
            int exit = run(report, PYTHON, script, app.url(), transports);
            assertThat(exit).as(Files.readString(report)).isZero();
        }
    }

    private static int run(Path report, String... command) throws Exception {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(report.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends in time").isTrue();
            return process.exitValue();
        } finally {
            process.destroy();
        }
    }
}
