package io.sockeye.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.client.SocketClient;
import io.sockeye.hello.Hello;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged chat, as README says how to start it. */
@Timeout(180)
class ChatJarIT {
    private static final long PATIENCE_SECONDS = 60;
    private static final Path JAR = Path.of("target", "chat.jar");
    private static final String OPEN = "The chat is open: ";

    @Test
    void servesThePageAndTheChat() throws Exception {
        try (var chat = java("-jar", JAR.toString(), "--port", "0")) {
            String line = chat.prints(OPEN);
            var address = URI.create(line.substring(line.indexOf(OPEN) + OPEN.length()));

            var page = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
            assertThat(page.body()).contains("<title>Sockeye chat</title>");

            var welcome = new CompletableFuture<Welcome>();
            try (var ann = SocketClient.builder(address.toString())
                    .auth(new Introduction("Ann", "lobby"))
                    .build()) {
                ann.on(ChatEvents.WELCOME, welcome::complete);
                ann.connect();
                assertThat(welcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS).room())
                        .isEqualTo("lobby");
            }
        }
    }

    @Test
    void aWrongOptionIsAnsweredByTheUsage() throws Exception {
        assertThat(ends(2, "-jar", JAR.toString(), "--port", "abc"))
                .contains("--port 'abc': a port is a number from 0 to 65535.")
                .contains("Usage: java -jar chat.jar [--port NUMBER]");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (var other = new ServerSocket(0)) {
            String port = Integer.toString(other.getLocalPort());

            assertThat(ends(1, "-jar", JAR.toString(), "--port", port))
                    .last()
                    .asString()
                    .contains(port)
                    .endsWith("Is another program using the port?");
        }
    }

    @Test
    void helpIsPrinted() throws Exception {
        assertThat(ends(0, "-jar", JAR.toString(), "--help")).contains("Usage: java -jar chat.jar [--port NUMBER]");
    }

    @Test
    void helloRunsFromTheJar() throws Exception {
        assertThat(ends(0, "-cp", JAR.toString(), Hello.class.getName()))
                .containsSubsequence("Somebody said: hello", "1 + 2 = 3");
    }

    @Test
    void theTerminalIsInTheJar() throws Exception {
        assertThat(ends(2, "-cp", JAR.toString(), "io.sockeye.chat.terminal.TerminalChat", "--dance"))
                .contains("'--dance' is none of --nick=Ada --room=lobby --server=http://localhost:3000");
    }

    /** Whoever passes the jar on passes these on with it. */
    @Test
    void theLicensesAreInTheJar() throws Exception {
        try (var jar = new JarFile(JAR.toFile())) {
            assertThat(text(jar, "META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("..", "LICENSE")));
            assertThat(text(jar, "META-INF/NOTICE"))
                    .startsWith(Files.readString(Path.of("..", "NOTICE")))
                    .contains("Jackson");
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .noneMatch(name -> name.endsWith("module-info.class") || name.endsWith(".SF"));
        }
    }

    private static String text(JarFile jar, String entry) throws IOException {
        try (var in = jar.getInputStream(jar.getJarEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> ends(int exitCode, String... arguments) throws Exception {
        try (var program = java(arguments)) {
            assertThat(program.ends()).as("exit code of %s", program.lines()).isEqualTo(exitCode);
            return program.lines();
        }
    }

    private static Program java(String... arguments) throws IOException {
        assertThat(JAR).as("made by mvn package").exists();
        return Program.java(List.of(arguments));
    }
}
