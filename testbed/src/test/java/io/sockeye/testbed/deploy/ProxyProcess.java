package io.sockeye.testbed.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A proxy in a process of its own, on a free port of this machine. */
final class ProxyProcess implements AutoCloseable {
    /** Somebody else may take the port that was free. */
    private static final int TRIES = 3;

    private static final long PAUSE_MILLIS = 20;

    private final Process process;
    private final int port;

    private ProxyProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Fails where tests must not be skipped, else skips the test, if the proxy is not installed. */
    static void require(ReverseProxy proxy) {
        boolean present = proxy.find().isPresent();
        assertThat(present || !"true".equals(System.getenv("CI")))
                .as("%s is installed where CI runs", proxy.program())
                .isTrue();
        assumeTrue(present, proxy.program() + " is not installed");
    }

    /** Starts the proxy in the directory, and waits until it takes connections. */
    static ProxyProcess start(ReverseProxy proxy, String settings, Path directory)
            throws IOException, InterruptedException {
        var log = directory.resolve("log");
        for (int i = 0; i < TRIES; i++) {
            int port = freePort();
            var file = Files.writeString(
                    directory.resolve("settings"), proxy.file(proxy.listenOn(port, settings), directory));
            var started = new ProxyProcess(launch(proxy, file, log), port);
            if (started.listens()) {
                return started;
            }
        }
        return fail("%s does not listen: %s", proxy, Files.readString(log));
    }

    private static Process launch(ReverseProxy proxy, Path file, Path log) throws IOException {
        var command = new ArrayList<>(List.of(proxy.find().orElseThrow().toString()));
        command.addAll(proxy.arguments(file));
        var directory = file.getParent();
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        List.of("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")
                .forEach(name -> builder.environment().put(name, directory.toString()));
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until it listens; false if it has ended. */
    private boolean listens() throws InterruptedException {
        while (process.isAlive()) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return false;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
