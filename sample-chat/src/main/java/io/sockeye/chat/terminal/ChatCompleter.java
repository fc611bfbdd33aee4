package io.sockeye.chat.terminal;

import java.util.List;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands at the beginning of a line, and the names of those present. */
final class ChatCompleter implements Completer {
    private final Supplier<List<String>> names;

    ChatCompleter(Supplier<List<String>> names) {
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() == 0) {
            Command.NAMES.forEach(name -> candidates.add(new Candidate(name)));
        }
        names.get().forEach(name -> candidates.add(new Candidate(name)));
    }
}
