package io.sockeye.testbed.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In which rooms one session is and was. Moments are the ids of events. */
final class RoomStays {
    private static final int OPEN = Integer.MAX_VALUE;

    private final Map<String, List<Stay>> stays = new HashMap<>();
    /** Rooms that were changed by a broadcast. */
    private final Set<String> steered = new HashSet<>();

    private record Stay(int from, int to, long sinceMillis) {}

    void joined(String room, int event, long millis) {
        var all = stays.computeIfAbsent(room, key -> new ArrayList<>(2));
        if (all.isEmpty() || all.get(all.size() - 1).to != OPEN) {
            all.add(new Stay(event, OPEN, millis));
        }
    }

    void left(String room, int event) {
        var all = stays.get(room);
        if (all != null && all.get(all.size() - 1).to == OPEN) {
            var last = all.remove(all.size() - 1);
            all.add(new Stay(last.from, event, last.sinceMillis));
        }
    }

    void steered(String room) {
        steered.add(room);
    }

    /** Whether the room was changed by a broadcast. */
    boolean wasSteered(String room) {
        return steered.contains(room);
    }

    private List<Stay> of(String room) {
        return stays.getOrDefault(room, List.of());
    }

    boolean isIn(String room) {
        return of(room).stream().anyMatch(stay -> stay.to == OPEN);
    }

    /** Whether it was in the room when the event was sent. */
    boolean wasIn(String room, int event) {
        return of(room).stream().anyMatch(stay -> stay.from <= event && stay.to > event);
    }

    /** Whether it was in the room when the event was sent, or later. */
    boolean wasInSince(String room, int event) {
        return of(room).stream().anyMatch(stay -> stay.to > event);
    }

    /**
     * Whether it is in the room, and was when the event was sent.
     *
     * @param latestMillis by when it must have joined the room
     */
    boolean isInSince(String room, int event, long latestMillis) {
        return of(room).stream()
                .anyMatch(stay -> stay.from <= event && stay.to == OPEN && stay.sinceMillis <= latestMillis);
    }
}
