package io.sockeye.chat.terminal;

import io.sockeye.chat.Typing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The others who are typing. Whoever is not heard of for a while has stopped. */
final class Typists {
    private static final long EXPIRES_MILLIS = 4000;

    private final Map<String, Typist> typists = new LinkedHashMap<>();

    private record Typist(String name, long untilMillis) {}

    void hear(Typing typing, long nowMillis) {
        if (typing.typing()) {
            typists.put(typing.id(), new Typist(typing.name(), nowMillis + EXPIRES_MILLIS));
        } else {
            forget(typing.id());
        }
    }

    void forget(String id) {
        typists.remove(id);
    }

    void forgetAll() {
        typists.clear();
    }

    /** A sentence about who is typing; empty if nobody is. */
    String sentence(long nowMillis) {
        typists.values().removeIf(typist -> typist.untilMillis() <= nowMillis);
        List<String> names = typists.values().stream()
                .map(typist -> Lines.name(typist.name()))
                .toList();
        return switch (names.size()) {
            case 0 -> "";
            case 1 -> names.get(0) + " is typing …";
            case 2 -> names.get(0) + " and " + names.get(1) + " are typing …";
            default -> "several people are typing …";
        };
    }
}
