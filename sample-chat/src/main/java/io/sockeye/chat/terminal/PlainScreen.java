package io.sockeye.chat.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jline.utils.AttributedString;

/** Lines in, lines out, and nothing else: for pipes, for terminals that are no more than a printer, for screen readers. */
final class PlainScreen implements Screen {
    private final BufferedReader in;
    private final PrintStream out;
    private String passing = "";

    PlainScreen(BufferedReader in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /** What is read is what is to be said, and no answer to questions. */
    @Override
    public Optional<String> ask(String question, String proposal) {
        return Optional.of(proposal);
    }

    @Override
    public Optional<String> readLine() {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void print(AttributedString line) {
        out.println(line);
        out.flush();
    }

    /** Only what passes is worth a line: the rest was printed when it came about. */
    @Override
    public synchronized void status(Status status) {
        if (!status.passing().isEmpty() && !status.passing().equals(passing)) {
            print(new AttributedString("* " + status.passing()));
        }
        passing = status.passing();
    }

    @Override
    public boolean inTurn() {
        return true;
    }

    @Override
    public void assist(Supplier<List<String>> names, Consumer<String> typed) {
        // There is no line editor.
    }

    @Override
    public void close() {
        out.flush();
    }
}
