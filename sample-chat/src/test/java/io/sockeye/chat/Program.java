package io.sockeye.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java program as a process of its own, with pipes instead of a terminal. */
public final class Program implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Writer in;
    private final Thread reader;
    /** What was printed, errors as well; guarded by itself. */
    private final List<String> lines = new ArrayList<>();

    private Program(Process process) {
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        reader = new Thread(this::collect, "output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts {@code java} with these arguments. */
    public static Program java(List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return new Program(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void collect() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            // The program was ended: there is no more to read.
        }
    }

    public void types(String... typed) throws IOException {
        for (String line : typed) {
            in.write(line + "\n");
        }
        in.flush();
    }

    /** Waits until a line was printed that contains the text; returns the line. */
    public String prints(String text) throws InterruptedException {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (lines) {
            while (true) {
                var found = lines.stream().filter(line -> line.contains(text)).findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
                assertThat(leftMillis).as("'%s' in %s", text, lines).isPositive();
                lines.wait(Math.max(1, leftMillis));
            }
        }
    }

    /** Ends the input and waits until the program has ended and all its output is read; its exit code. */
    public int ends() throws IOException, InterruptedException {
        in.close();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("the program has ended")
                .isTrue();
        reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return process.exitValue();
    }

    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
