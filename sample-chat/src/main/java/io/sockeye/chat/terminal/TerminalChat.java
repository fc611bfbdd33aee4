package io.sockeye.chat.terminal;

import io.sockeye.chat.Introduction;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Runs the chat in a terminal, or in a pipe: joins the same rooms as the page. */
public final class TerminalChat {
    private static final int NOT_LET_IN = 1;
    private static final int WRONG_ARGUMENTS = 2;
    /** How long a script waits for the server. */
    private static final int PATIENCE_SECONDS = 15;

    private TerminalChat() {}

    public static void main(String[] args) throws Exception {
        System.exit(run(args));
    }

    private static int run(String[] args) throws Exception {
        try (var screen = screen()) {
            return chat(screen, Arguments.parse(args));
        } catch (IllegalArgumentException e) { // Also of a URL that is none.
            System.err.println(e.getMessage());
            return WRONG_ARGUMENTS;
        }
    }

    /** The line editor where there is a terminal that can do it, else plain lines. */
    private static Screen screen() throws IOException {
        var terminal = TerminalBuilder.builder()
                .dumb(true)
                .encoding(StandardCharsets.UTF_8)
                .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                .build();
        if (!terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
            return new EditorScreen(
                    terminal, System.getenv().getOrDefault("NO_COLOR", "").isEmpty());
        }
        terminal.close();
        return new PlainScreen(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    }

    /** Returns the exit code of the program. */
    static int chat(Screen screen, Arguments arguments) throws Exception {
        var name = arguments.nick().or(() -> screen.ask("Your name", System.getProperty("user.name")));
        if (name.isEmpty()) {
            return 0;
        }
        var room = arguments.room().or(() -> screen.ask("Room", "lobby"));
        if (room.isEmpty()) {
            return 0;
        }
        try (var visit = new Visit(screen, arguments.server(), new Introduction(name.get(), room.get()))) {
            if (!isLetIn(screen, visit)) {
                return screen.inTurn() ? NOT_LET_IN : 0; // A person has read why.
            }
            talk(screen, visit);
            return 0;
        }
    }

    private static boolean isLetIn(Screen screen, Visit visit) throws Exception {
        var arrival = visit.begin();
        if (!screen.inTurn()) {
            return arrival.get();
        }
        try {
            return arrival.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            screen.print(Lines.problem("Given up after " + PATIENCE_SECONDS + " seconds."));
            return false;
        }
    }

    private static void talk(Screen screen, Visit visit) {
        boolean going = true;
        while (going) {
            var command = screen.readLine().map(Command::parse).orElse(new Command.Quit());
            var done = visit.perform(command);
            if (screen.inTurn()) {
                done.completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            }
            going = !command.isLast();
        }
    }
}
