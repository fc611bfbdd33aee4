package io.sockeye.testbed.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The attacked server in a JVM of its own, steered by lines: {@link MemoryApp}. */
final class ServerProcess implements AutoCloseable {
    private static final int START_SECONDS = 30;
    /** What it says when it starts. It may come after the line that it is ready, which takes another way. */
    private static final String STARTED = "INFO  SocketServer - listening on";

    private final Process process;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    /** What it wrote on its error output since it was ready. */
    private final List<String> log = new CopyOnWriteArrayList<>();

    private final int port;
    private final boolean encrypted;
    /** Whether a command was not answered in its time: the JVM is beyond help, and no test waits as long again. */
    private boolean silent;

    private ServerProcess(Process process, boolean encrypted) throws IOException, InterruptedException {
        this.process = process;
        this.encrypted = encrypted;
        read(process.getInputStream(), answers::add);
        read(process.getErrorStream(), log::add);
        var ready = answers.poll(START_SECONDS, TimeUnit.SECONDS);
        if (ready == null) {
            process.destroyForcibly();
            throw new IOException("the server did not start: " + log);
        }
        port = Integer.parseInt(ready.substring(ready.lastIndexOf(' ') + 1));
        log.clear();
    }

    static ServerProcess start(JvmSize size, List<String> options) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(size.options());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(List.of("io.sockeye.testbed.Testbed", "memory"));
        command.addAll(options);
        var builder = new ProcessBuilder(command);
        builder.environment().put("LOG_LEVEL", "INFO");
        return new ServerProcess(builder.start(), options.contains("--tls"));
    }

    private static void read(InputStream in, Consumer<String> lines) {
        var thread = new Thread(
                () -> {
                    try (var reader = new BufferedReader(new InputStreamReader(in, UTF_8))) {
                        reader.lines().forEach(lines);
                    } catch (IOException | UncheckedIOException e) {
                        // The process was ended.
                    }
                },
                "attacked server");
        thread.setDaemon(true);
        thread.start();
    }

    RawConnection connect() throws IOException {
        return connect(0);
    }

    /** @param receiveBuffer see {@link RawConnection#open(int, int)} */
    RawConnection connect(int receiveBuffer) throws IOException {
        var connection = connectPlain(receiveBuffer);
        return encrypted ? connection.encrypted() : connection;
    }

    /** From another address of this machine. */
    RawConnection connectFrom(String address) throws IOException {
        var connection = RawConnection.openFrom(address, port);
        return encrypted ? connection.encrypted() : connection;
    }

    /** Without TLS, also if the server wants it. */
    RawConnection connectPlain(int receiveBuffer) throws IOException {
        return RawConnection.open(port, receiveBuffer);
    }

    List<String> log() {
        return log.stream().filter(line -> !line.contains(STARTED)).toList();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** The answer to a command; null if there is none within that time. Late answers to earlier commands are dropped. */
    @Nullable
    String ask(String command, int seconds) throws InterruptedException {
        answers.clear();
        try {
            process.outputWriter(UTF_8).append(command).append('\n').flush();
        } catch (IOException e) {
            return null;
        }
        var answer = answers.poll(silent ? 1 : seconds, TimeUnit.SECONDS);
        silent = answer == null;
        return answer;
    }

    /** Null if the JVM does not answer any more. */
    @Nullable
    Memory memory() throws InterruptedException {
        var answer = ask("memory", 8);
        return answer == null || !answer.startsWith("memory") ? null : Memory.parse(answer);
    }

    /** Asks it to end, as an operating system does; whether it did. */
    boolean terminate(int seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
