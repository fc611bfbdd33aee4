package io.sockeye.testbed.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many questions of each server have no answer yet. */
final class OpenQuestions {
    private final Map<Chat, Integer> open = new LinkedHashMap<>();

    void asks(Chat server) {
        open.merge(server, 1, Integer::sum);
    }

    /** A question of a server was answered, or will not be. */
    void answered(Chat server, int id, @Nullable Integer answer) {
        open.computeIfPresent(server, (key, count) -> count - 1);
        if (answer != null && answer != id) {
            throw new Violation("question " + id + " was answered with " + answer);
        }
    }

    /** A server is gone, and with it whoever waits. */
    void dies(Chat server) {
        open.remove(server);
    }

    void check() {
        int count = open.values().stream().mapToInt(Integer::intValue).sum();
        if (count != 0) {
            throw new Violation(count + " questions of servers have neither an answer nor an end");
        }
    }
}
