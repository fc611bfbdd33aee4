package io.sockeye.chat.terminal;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** What a line that the person typed asks for. */
sealed interface Command {
    List<String> NAMES = List.of("/whisper", "/room", "/who", "/help", "/quit");

    String HELP = """
            What you type is said to the room, but for these:
              /whisper NAME TEXT   for one person alone
              /room NAME           go to another room
              /who                 who is here
              /help                this
              /quit                leave, as Ctrl-C and Ctrl-D do
            Say //text for a message that begins with a slash.""";

    /** Does it; completed when it is done, also without success, which the person is told of. */
    CompletableFuture<Void> perform(Visit visit);

    /** Whether the visit ends with it. */
    default boolean isLast() {
        return false;
    }

    static Command parse(String line) {
        String text = line.strip();
        if (text.isEmpty()) {
            return new Nothing();
        }
        if (!text.startsWith("/")) {
            return new Say(text);
        }
        if (text.startsWith("//")) {
            return new Say(text.substring(1));
        }
        String[] words = text.split("\\s+", 2);
        return named(words[0].toLowerCase(Locale.ROOT), words.length == 1 ? "" : words[1]);
    }

    private static Command named(String name, String rest) {
        return switch (name) {
            case "/whisper", "/w" ->
                rest.isEmpty() ? new Unclear("Whisper what to whom? /whisper NAME TEXT") : new Tell(rest);
            case "/room" -> rest.isEmpty() ? new Unclear("Which room? /room NAME") : new Go(rest);
            case "/who" -> new Who();
            case "/help" -> new Help();
            case "/quit" -> new Quit();
            default -> new Unclear("There is no " + name + "; /help tells what there is.");
        };
    }

    /** An empty line. */
    record Nothing() implements Command {
        @Override
        public CompletableFuture<Void> perform(Visit visit) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** For everybody in the room. */
    record Say(String text) implements Command {
        @Override
        public CompletableFuture<Void> perform(Visit visit) {
            return visit.say(text);
        }
    }

    /** For one person, whose name comes first; names may have spaces, so that only the visit can tell where it ends. */
    record Tell(String nameAndText) implements Command {
        @Override
        public CompletableFuture<Void> perform(Visit visit) {
            return visit.whisper(nameAndText);
        }
    }

    /** To another room. */
    record Go(String room) implements Command {
        @Override
        public CompletableFuture<Void> perform(Visit visit) {
            return visit.go(room);
        }
    }

    /** Lists those present. */
    record Who() implements Command {
        @Override
        public CompletableFuture<Void> perform(Visit visit) {
            return visit.who();
        }
    }

    /** Lists the commands. */
    record Help() implements Command {
        @Override
        public CompletableFuture<Void> perform(Visit visit) {
            return visit.tell(Lines.notice(HELP));
        }
    }

    /** Leaves, once the others have what was said. */
    record Quit() implements Command {
        @Override
        public CompletableFuture<Void> perform(Visit visit) {
            return visit.settled();
        }

        @Override
        public boolean isLast() {
            return true;
        }
    }

    /** What nobody understands. */
    record Unclear(String problem) implements Command {
        @Override
        public CompletableFuture<Void> perform(Visit visit) {
            return visit.tell(Lines.problem(problem));
        }
    }
}
