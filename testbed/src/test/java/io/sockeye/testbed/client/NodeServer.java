package io.sockeye.testbed.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockeye.client.SocketClient;
import io.sockeye.client.SocketClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The peer of src/test/npm/peers in a process of its own: npm's socket.io, steered by the test. */
final class NodeServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path SCRIPTS = Path.of("src", "test", "npm").toAbsolutePath();

    private final Map<String, Object> options;
    private final int port;
    private Process process;
    private BufferedReader answers;

    private NodeServer(Map<String, Object> options) throws IOException {
        this.options = new HashMap<>(options);
        this.process = launch();
        this.answers = process.inputReader(UTF_8);
        this.port = readPort();
        this.options.put("port", port);
    }

    /** @param options of socket.io, and the peer's own */
    static NodeServer start(Map<String, Object> options) throws IOException {
        requireNode();
        return new NodeServer(options);
    }

    static NodeServer start() throws IOException {
        return start(Map.of());
    }

    private static void requireNode() {
        boolean present = SCRIPTS.resolve("node_modules").toFile().isDirectory() && nodeRuns();
        assertThat(present || !"true".equals(System.getenv("CI")))
                .as("Node and the packages of src/test/npm are installed where CI runs")
                .isTrue();
        assumeTrue(present, "Node or the packages of src/test/npm are missing");
    }

    private static boolean nodeRuns() {
        try {
            return new ProcessBuilder("node", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process launch() throws IOException {
        return new ProcessBuilder("node", "peers/client-peer.mjs", JSON.writeValueAsString(options))
                .directory(SCRIPTS.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private int readPort() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the peer did not start: " + options);
        }
        return Integer.parseInt(line);
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    SocketClientBuilder client(Way way) {
        return way.set(SocketClient.builder(url()));
    }

    /** Runs one of the script's commands; its answer. */
    synchronized JsonNode run(String command, Object... args) {
        try {
            var line = Stream.concat(Stream.of(command), Stream.of(args)).toList();
            process.outputWriter(UTF_8)
                    .append(JSON.writeValueAsString(line))
                    .append('\n')
                    .flush();
            return JSON.readTree(answers.readLine());
        } catch (IOException e) {
            throw new IllegalStateException("the peer is gone", e);
        }
    }

    /** The values that {@code note} and {@code second time} have brought, in order. */
    List<Integer> received() {
        return run("received").valueStream().map(JsonNode::asInt).toList();
    }

    /** Ends the process at once: its connections break. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again on the same port, without any memory. */
    void restart() throws IOException {
        process = launch();
        answers = process.inputReader(UTF_8);
        readPort();
    }

    @Override
    public void close() {
        kill();
    }
}
