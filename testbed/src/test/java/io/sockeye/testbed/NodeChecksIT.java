package io.sockeye.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The checks and scenarios in src/test/npm, which know the server by its wire alone or through the official clients. */
class NodeChecksIT {
    private static final Path SCRIPTS = Path.of("src", "test", "npm");
    private static final Path REPORTS = Path.of("target", "node-checks");

    @Test
    void engineIoSuite() throws Exception {
        check("engine", List.of("engine"));
    }

    @Test
    void socketIoSuite() throws Exception {
        check("socket", List.of("socket"));
    }

    @Test
    void conformance() throws Exception {
        check("conformance", List.of("conformance"));
    }

    @Test
    void conformanceOnSeveralLoops() throws Exception {
        check("conformance", List.of("conformance"), "--loops", "3");
    }

    @Test
    void conformanceOnTheEventLoop() throws Exception {
        check("conformance", List.of("conformance"), "--handlers", "event-loop", "--transport", "nio");
    }

    @Test
    void officialClients() throws Exception {
        check("clients", List.of("engine", "socket", "conformance"), "--loops", "2");
    }

    @Test
    void recovery() throws Exception {
        check("recovery", List.of("conformance"), "--loops", "2");
    }

    @Test
    void clientsThatComeBackByTheHundredMissNothing() throws Exception {
        check("crowd", List.of("conformance"), "--loops", "2");
    }

    @Test
    void msgpackParser() throws Exception {
        check("msgpack", List.of("conformance"), "--parser", "msgpack", "--loops", "2");
    }

    @Test
    void clientsOfVersion2() throws Exception {
        check("eio3", List.of("conformance"), "--eio3", "on", "--loops", "2");
    }

    @Test
    void sameTranscriptsAsTheReferenceServer() throws Exception {
        check("differential", List.of("conformance"));
    }

    private static void check(String group, List<String> apps, String... options) throws Exception {
        Files.createDirectories(REPORTS);
        var report = Files.createTempFile(REPORTS, group + "-", ".txt").toFile();
        var node = new ProcessBuilder("node", "run.mjs", group)
                .directory(SCRIPTS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(report);
        var running = new ArrayList<App>();
        try {
            for (String app : apps) {
                var started = App.start(app, options);
                running.add(started);
                node.environment().putAll(started.environment(app));
            }
            assertThat(exitCode(node)).as(() -> failures(report)).isZero();
        } finally {
            running.forEach(App::close);
        }
    }

    private static int exitCode(ProcessBuilder builder) throws IOException, InterruptedException {
        var process = builder.start();
        try {
            assertThat(process.waitFor(8, TimeUnit.MINUTES)).as("ends in time").isTrue();
            return process.exitValue();
        } finally {
            process.destroy();
        }
    }

    private static String failures(File report) {
        try {
            String text = Files.readString(report.toPath());
            int failing = text.indexOf("failing tests");
            return failing < 0 ? text : text.substring(failing);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
