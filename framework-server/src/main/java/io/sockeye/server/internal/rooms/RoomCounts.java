package io.sockeye.server.internal.rooms;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How many sockets are in each room of a namespace, on all shards. Any thread. */
final class RoomCounts {
    /** So that loops seldom wait for each other, and only a part has to grow at once. */
    private static final int PARTS = 16;

    private final Part[] parts =
            IntStream.range(0, PARTS).mapToObj(i -> new Part()).toArray(Part[]::new);

    private Part part(String room) {
        int hash = room.hashCode();
        return parts[(hash ^ (hash >>> 16)) & (PARTS - 1)];
    }

    /** @param then is given the new count, before the next change to the room */
    void add(String room, IntConsumer then) {
        part(room).add(room, then);
    }

    /** @param then is given the new count, before the next change to the room; not if nobody was in the room */
    void remove(String room, IntConsumer then) {
        part(room).remove(room, then);
    }

    boolean has(String room) {
        return part(room).has(room);
    }

    int size() {
        return Stream.of(parts).mapToInt(Part::size).sum();
    }

    Set<String> rooms() {
        Set<String> all = new HashSet<>();
        for (var part : parts) {
            part.addTo(all);
        }
        return Set.copyOf(all);
    }

    private static final class Part {
        /** Guarded by this. */
        private final ShrinkingMap<String, Integer> counts = new ShrinkingMap<>();

        synchronized void add(String room, IntConsumer then) {
            var count = counts.get(room);
            int next = count == null ? 1 : count + 1;
            counts.put(room, next);
            then.accept(next);
        }

        synchronized void remove(String room, IntConsumer then) {
            var count = counts.get(room);
            if (count == null) {
                return;
            }
            if (count == 1) {
                counts.remove(room);
            } else {
                counts.put(room, count - 1);
            }
            then.accept(count - 1);
        }

        synchronized boolean has(String room) {
            return counts.get(room) != null;
        }

        synchronized int size() {
            return counts.size();
        }

        synchronized void addTo(Set<String> all) {
            all.addAll(counts.keys());
        }
    }
}
