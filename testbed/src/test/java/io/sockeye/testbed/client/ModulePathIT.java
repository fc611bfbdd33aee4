package io.sockeye.testbed.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.SocketServer;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client works as a named module, too: nothing of it is read by reflection. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ModulePathIT {
    private static final List<String> MODULES = List.of(
            "sockeye-core",
            "sockeye-client",
            "framework-core",
            "framework-client",
            "jackson-",
            "slf4j-api",
            "jspecify");

    @Test
    void connectsAndIsRefusedOnTheModulePath() throws Exception {
        var entries = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator);
        var named = Stream.of(entries).filter(ModulePathIT::isModule).collect(Collectors.joining(File.pathSeparator));
        var rest = Stream.of(entries).filter(entry -> !isModule(entry)).collect(Collectors.joining(File.pathSeparator));
        try (SocketServer server = GoodServer.start()) {
            var program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--module-path",
                            named,
                            "--add-modules",
                            "io.sockeye.client",
                            "-cp",
                            rest,
                            ClientProgram.class.getName(),
                            "http://127.0.0.1:" + server.port(),
                            "POLLING",
                            "refused")
                    .redirectErrorStream(true)
                    .start();
            try {
                var lines = program.inputReader().lines().toList();
                assertThat(lines)
                        .contains("module io.sockeye.client", "connected", "refused: Invalid namespace Optional.empty");
                assertThat(program.waitFor(20, TimeUnit.SECONDS)).as("exits").isTrue();
            } finally {
                program.destroyForcibly();
            }
        }
    }

    private static boolean isModule(String entry) {
        var path = Path.of(entry);
        var name = path.endsWith(Path.of("target", "classes"))
                ? path.getParent().getParent().getFileName().toString()
                : path.getFileName().toString();
        return MODULES.stream().anyMatch(name::startsWith);
    }
}
