package io.sockeye.chat.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** A terminal with a line editor: what happens is printed above the line that is being typed, the status below. */
final class EditorScreen implements Screen {
    /** What changes the line; the person's typing is noticed there. */
    private static final List<String> EDITS = List.of(
            LineReader.SELF_INSERT,
            LineReader.BACKWARD_DELETE_CHAR,
            LineReader.BACKWARD_KILL_WORD,
            LineReader.KILL_LINE);

    private static final String SHOW_STATUS = "show-status";

    private final Terminal terminal;
    private final boolean colors;
    private final LineReader reader;
    private final org.jline.utils.Status statusLine;

    private volatile Status status = Status.NONE;
    private volatile Supplier<List<String>> names = List::of;
    private volatile Consumer<String> typed = line -> {};

    EditorScreen(Terminal terminal, boolean colors) {
        this.terminal = terminal;
        this.colors = colors;
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("chat")
                .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
                .completer(new ChatCompleter(() -> names.get()))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.COMPLETE_MATCHER_TYPO, false)
                .option(LineReader.Option.AUTO_FRESH_LINE, true)
                .build();
        this.statusLine = org.jline.utils.Status.getStatus(terminal);
        EDITS.forEach(this::watch);
        reader.getWidgets().put(SHOW_STATUS, this::showStatus);
        reader.getWidgets().put(LineReader.CALLBACK_INIT, this::showStatus);
        leaveByControlC();
    }

    private void watch(String edit) {
        Widget original = Objects.requireNonNull(reader.getWidgets().get(edit));
        reader.getWidgets().put(edit, () -> {
            boolean done = original.apply();
            typed.accept(reader.getBuffer().toString());
            return done;
        });
    }

    private void leaveByControlC() {
        reader.getWidgets().put("leave", () -> {
            throw new EndOfFileException();
        });
        var keys = Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN));
        keys.bind(new Reference("leave"), KeyMap.ctrl('C'));
    }

    @Override
    public Optional<String> ask(String question, String proposal) {
        return read(question + " [" + proposal + "]: ").map(answer -> answer.isBlank() ? proposal : answer);
    }

    @Override
    public Optional<String> readLine() {
        return read("> ");
    }

    /** Ctrl-C is a key meanwhile and not a signal, which would end Maven around us and leave the terminal in disorder. */
    private Optional<String> read(String prompt) {
        var original = terminal.getAttributes();
        var withoutSignals = new Attributes(original);
        withoutSignals.setLocalFlag(LocalFlag.ISIG, false);
        terminal.setAttributes(withoutSignals);
        try {
            return Optional.of(reader.readLine(prompt));
        } catch (EndOfFileException | UserInterruptException e) {
            return Optional.empty();
        } finally {
            terminal.setAttributes(original);
        }
    }

    @Override
    public void print(AttributedString line) {
        reader.printAbove(styled(line));
    }

    /** Shown by the line editor, so that both do not write at once; if no line is read now, with the next one. */
    @Override
    public void status(Status next) {
        status = next;
        if (reader.isReading()) {
            try {
                reader.callWidget(SHOW_STATUS);
            } catch (IllegalStateException e) {
                // The line has just ended.
            }
        }
    }

    private boolean showStatus() {
        statusLine.update(List.of(styled(new AttributedString(status.toString(), AttributedStyle.INVERSE))));
        return true;
    }

    private AttributedString styled(AttributedString line) {
        return colors ? line : new AttributedString(line.toString());
    }

    @Override
    public boolean inTurn() {
        return false;
    }

    @Override
    public void assist(Supplier<List<String>> source, Consumer<String> listener) {
        names = source;
        typed = listener;
    }

    @Override
    public void close() {
        statusLine.hide();
        statusLine.close();
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
