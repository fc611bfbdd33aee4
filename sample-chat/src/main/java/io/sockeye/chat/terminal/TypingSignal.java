package io.sockeye.chat.terminal;

import java.util.function.Consumer;

/** Tells the others that I type: true at most every two seconds, false once I stop. */
final class TypingSignal {
    private static final long EVERY_MILLIS = 2000;
    private static final long PAUSE_MILLIS = 3000;

    private final Consumer<Boolean> tell;

    private boolean told;
    private long toldAtMillis;
    private long typedAtMillis;

    TypingSignal(Consumer<Boolean> tell) {
        this.tell = tell;
    }

    /** The unfinished line has changed. Commands are nobody's business. */
    void typed(String line, long nowMillis) {
        if (line.isBlank() || line.startsWith("/")) {
            stopped();
            return;
        }
        typedAtMillis = nowMillis;
        if (!told || nowMillis - toldAtMillis >= EVERY_MILLIS) {
            told = true;
            toldAtMillis = nowMillis;
            tell.accept(true);
        }
    }

    void stopped() {
        if (told) {
            told = false;
            tell.accept(false);
        }
    }

    /** Time has passed: who pauses has stopped. */
    void tick(long nowMillis) {
        if (nowMillis - typedAtMillis >= PAUSE_MILLIS) {
            stopped();
        }
    }
}
