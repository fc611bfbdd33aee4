package io.sockeye.testbed.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The simulator as a program. */
class SimulatorIT {
    private static String run(String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("testbed.jar"),
                "simulate"));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    /** No order that differs from one virtual machine to the next may show. */
    @Test
    void repeatsItsRunsInAnotherProcess() throws Exception {
        var here = new Seeds(seed -> Plan.of(seed, 40), Faults.NONE);
        assertThat(here.firstFailure(1, 101)).isNull();
        assertThat(run("--from", "1", "--seeds", "100")).contains("hash %016x".formatted(here.hash()));
    }

    @Test
    void tellsWhatHappensInASeed() throws Exception {
        assertThat(run("--seed", "3", "--trace")).contains("client 0  connects", "client 0  opened", "hash");
    }
}
