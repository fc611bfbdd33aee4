package io.sockeye.chat.terminal;

import io.sockeye.chat.Delivered;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which of my messages have reached the others. The news of that may overtake the server's receipt. */
final class Deliveries {
    private final Set<String> underway = new HashSet<>();
    private final Map<String, Delivered> early = new HashMap<>();

    /** The server has a message of mine; returns what to say about its delivery, if that is known already. */
    Optional<String> accepted(String id) {
        var delivered = early.remove(id);
        if (delivered == null) {
            underway.add(id);
            return Optional.empty();
        }
        return sentence(delivered);
    }

    /** Others have a message of mine; returns what to say about it, unless there is no receipt yet. */
    Optional<String> delivered(Delivered delivered) {
        if (underway.remove(delivered.id())) {
            return sentence(delivered);
        }
        early.put(delivered.id(), delivered);
        return Optional.empty();
    }

    /** Whether nothing is left to hear of. */
    boolean settled() {
        return underway.isEmpty();
    }

    /** A new connection hears nothing of what was sent over the one before. */
    void clear() {
        underway.clear();
        early.clear();
    }

    private static Optional<String> sentence(Delivered delivered) {
        return delivered.to() == 0 ? Optional.empty() : Optional.of("✓✓ delivered to " + delivered.to());
    }
}
