package io.sockeye.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The terminal chat as a program of its own, with pipes instead of a terminal. */
final class ChildChat implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final Pattern TIME = Pattern.compile("^\\d\\d:\\d\\d ");

    private final Process process;
    private final Writer in;
    private final Thread reader;
    /** What was printed; guarded by itself. */
    private final List<String> lines = new ArrayList<>();

    private ChildChat(Process process) {
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        reader = new Thread(this::collect, "transcript");
        reader.setDaemon(true);
        reader.start();
    }

    static ChildChat join(int port, String nick, String room) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ChildChat(new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        TerminalChat.class.getName(),
                        "--nick=" + nick,
                        "--room=" + room,
                        "--server=http://127.0.0.1:" + port)
                .redirectErrorStream(true)
                .start());
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

    ChildChat types(String... typed) throws IOException {
        for (String line : typed) {
            in.write(line + "\n");
        }
        in.flush();
        return this;
    }

    /** Waits until a line was printed that contains the text. */
    ChildChat prints(String text) throws InterruptedException {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (lines) {
            while (lines.stream().noneMatch(line -> line.contains(text))) {
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
                assertThat(leftMillis).as("'%s' in %s", text, lines).isPositive();
                lines.wait(Math.max(1, leftMillis));
            }
        }
        return this;
    }

    /** Ends the input and waits for the end of the program; its exit code. */
    int leaves() throws IOException, InterruptedException {
        in.close();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("ends")
                .isTrue();
        return process.exitValue();
    }

    /** What was printed, without the times of messages. */
    List<String> transcript() {
        synchronized (lines) {
            return lines.stream()
                    .map(line -> TIME.matcher(line).replaceFirst(""))
                    .toList();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
