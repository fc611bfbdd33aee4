package io.sockeye.chat.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.chat.ChatServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The chat in a terminal that has its screen in memory: keys go in, and what a person would see is looked at. */
@Timeout(180)
class EditorScreenIT {
    private static final long PATIENCE_SECONDS = 60;
    private static final int COLUMNS = 80;
    private static final int ROWS = 24;
    private static final String CONTROL_C = "\u0003";

    private ChatServer server;

    @BeforeEach
    void startServer() {
        server = ChatServer.start(0);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void asksForWhatIsMissingAndPutsTheAnswerAboveTheLineBeingTyped() throws Exception {
        try (var ann = new Person()) {
            ann.sees("Your name [").types("Ann\r");
            ann.sees("Room [lobby]:").types("garden\r");
            ann.sees("You are in garden. Here: Ann (you)").sees("garden · 1 here · websocket");

            ann.types("hello\r").sees("You: hello ✓");
            ann.types("half a line").sees("> half a line");
            assertThat(ann.screen()).doesNotContain("> hello");
        }
    }

    @Test
    void othersSeeThatSomebodyTypesAndWhatIsSaid() throws Exception {
        try (var ann = new Person("--nick=Ann", "--room=lobby")) {
            ann.sees("You are in lobby");
            try (var bob = new Person("--nick=Bob Two", "--room=lobby")) {
                ann.sees("* Bob Two came").sees("lobby · 2 here");
                bob.sees("You are in lobby").sees("> ").types("let me thi");
                ann.sees("Bob Two is typing …").types("half");
                bob.types("nk\r");
                ann.sees("Bob Two: let me think").sees("> half");
                bob.sees("✓✓ delivered to 1");
            }
            ann.sees("* Bob Two left");
        }
    }

    @Test
    void completesCommandsAndNames() throws Exception {
        try (var ann = new Person("--nick=Ann", "--room=lobby");
                var bob = new Person("--nick=Bob Two", "--room=lobby")) {
            bob.sees("You are in lobby");
            ann.sees("Bob Two").sees("> ");
            ann.types("/whi\t").sees("> /whisper");
            ann.types("bo\t").sees("> /whisper Bob Two");
            ann.types("psst, don't tell\r").sees("You whisper to Bob Two: psst, don't tell ✓");
            bob.sees("Ann whispers to you: psst, don't tell");
        }
    }

    @Test
    void controlCLeaves() throws Exception {
        try (var ann = new Person("--nick=Ann", "--room=lobby")) {
            ann.sees("You are in lobby").sees("> ").types("not yet sent" + CONTROL_C);

            assertThat(ann.exitCode()).isZero();
        }
    }

    @Test
    void controlCLeavesAlsoBeforeTheChatBegins() throws Exception {
        try (var ann = new Person("--nick=Ann")) {
            ann.sees("Room [lobby]:").types(CONTROL_C);

            assertThat(ann.exitCode()).isZero();
            assertThat(ann.screen()).doesNotContain("You are in");
        }
    }

    /** Somebody in front of a terminal. */
    private final class Person implements AutoCloseable {
        private final ScreenTerminal screen;
        private final LineDisciplineTerminal terminal;
        private final CompletableFuture<Integer> chat;

        Person(String... arguments) throws IOException {
            // A column to spare: a character in the last one would make this screen break the next line, too.
            var virtual = ScreenTerminal.withTerminal("test", "xterm", COLUMNS + 1, ROWS);
            screen = virtual.screen();
            terminal = virtual.terminal();
            terminal.setSize(Size.of(COLUMNS, ROWS));
            var all = new String[arguments.length + 1];
            System.arraycopy(arguments, 0, all, 0, arguments.length);
            all[arguments.length] = "--server=http://127.0.0.1:" + server.port();
            chat = CompletableFuture.supplyAsync(() -> run(Arguments.parse(all)), task -> new Thread(task).start());
        }

        private int run(Arguments arguments) {
            try (var editor = new EditorScreen(terminal, false)) {
                return TerminalChat.chat(editor, arguments);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        Person types(String keys) throws IOException {
            terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        Person sees(String text) throws InterruptedException {
            long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!screen().contains(text)) {
                assertThat(System.nanoTime()).as("'%s' in %s", text, screen()).isLessThan(endNanos);
                screen.waitDirty(100);
            }
            return this;
        }

        String screen() {
            return screen.toString();
        }

        int exitCode() {
            return chat.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }

        @Override
        public void close() throws IOException {
            if (!chat.isDone()) {
                types(CONTROL_C);
            }
            exitCode();
        }
    }
}
