package io.sockeye.chat;

import io.sockeye.server.ConnectionRefused;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rule for the names of people and rooms. */
final class Names {
    private static final int MAX = 30;

    private Names() {}

    /** Returns the name without spaces around it, or refuses the guest and says which field is to blame. */
    static String check(String field, @Nullable String name) {
        String trimmed = name == null ? "" : name.strip();
        if (trimmed.isEmpty() || trimmed.codePointCount(0, trimmed.length()) > MAX) {
            throw refused(field, "needs 1 to " + MAX + " characters.");
        }
        if (trimmed.codePoints().anyMatch(Character::isISOControl)) {
            throw refused(field, "may not contain control characters.");
        }
        return trimmed;
    }

    private static ConnectionRefused refused(String field, String why) {
        return new ConnectionRefused("The " + field + " " + why, Map.of("field", field));
    }
}
