package io.sockeye.chat.terminal;

import io.sockeye.chat.Program;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** The terminal chat as a program of its own. */
final class ChildChat implements AutoCloseable {
    private static final Pattern TIME = Pattern.compile("^\\d\\d:\\d\\d ");

    private final Program program;

    private ChildChat(Program program) {
        this.program = program;
    }

    static ChildChat join(int port, String nick, String room) throws IOException {
        return new ChildChat(Program.java(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-classpath",
                System.getProperty("java.class.path"),
                TerminalChat.class.getName(),
                "--nick=" + nick,
                "--room=" + room,
                "--server=http://127.0.0.1:" + port)));
    }

    ChildChat types(String... typed) throws IOException {
        program.types(typed);
        return this;
    }

    /** Waits until a line was printed that contains the text. */
    ChildChat prints(String text) throws InterruptedException {
        program.prints(text);
        return this;
    }

    /** Ends the input and waits for the end of the program; its exit code. */
    int leaves() throws IOException, InterruptedException {
        return program.ends();
    }

    /** What was printed, without the times of messages. */
    List<String> transcript() {
        return program.lines().stream()
                .map(line -> TIME.matcher(line).replaceFirst(""))
                .toList();
    }

    @Override
    public void close() {
        program.close();
    }
}
