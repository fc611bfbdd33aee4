package io.sockeye.chat.terminal;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jline.utils.AttributedString;

/** Where the person reads and types. One thread reads lines, any thread may print. */
interface Screen extends AutoCloseable {
    /** The person's answer to a question, the proposal if the line is blank; empty if the person wants to leave. */
    Optional<String> ask(String question, String proposal);

    /** The next line that the person typed; empty when there will be no more. */
    Optional<String> readLine();

    void print(AttributedString line);

    /** What is the case at present, beside what was printed. */
    void status(Status status);

    /** Whether a line is to be read only when the one before is done with: whoever pipes a file in wants its order. */
    boolean inTurn();

    /**
     * Helps the person to type where there is a line editor.
     *
     * @param names what can be completed besides commands
     * @param typed told of the unfinished line whenever it changes
     */
    void assist(Supplier<List<String>> names, Consumer<String> typed);

    @Override
    void close();
}
