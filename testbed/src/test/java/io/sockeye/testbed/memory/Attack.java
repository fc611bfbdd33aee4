package io.sockeye.testbed.memory;

import java.io.IOException;
import java.util.List;

/** What clients do to have more than their share. A record, whose values make variants of it. */
interface Attack {
    /** Settings of the server that is attacked: {@link MemoryOptions}. */
    default List<String> options() {
        return List.of();
    }

    /** How long it may take, in seconds; what is not through then stays as it is. */
    default int seconds() {
        return 6;
    }

    /** Returns once the damage is done. */
    void run(Crowd crowd) throws IOException, InterruptedException;

    /** Text of so many characters, which are bytes, too. */
    static String text(int bytes) {
        return "x".repeat(bytes);
    }
}
