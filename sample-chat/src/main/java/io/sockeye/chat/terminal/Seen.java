package io.sockeye.chat.terminal;

import java.util.LinkedHashSet;
import java.util.Set;

/** The messages that are on the screen already, by id: a room's history repeats what one was there for. */
final class Seen {
    private static final int MAX = 1000;

    private final Set<String> ids = new LinkedHashSet<>();

    /** Notes a message; returns whether it is new. */
    boolean add(String id) {
        if (ids.size() >= MAX) {
            ids.remove(ids.iterator().next());
        }
        return ids.add(id);
    }
}
