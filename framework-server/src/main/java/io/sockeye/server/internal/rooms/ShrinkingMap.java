package io.sockeye.server.internal.rooms;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A hash map whose table becomes smaller, too, when most of what it had is gone. Not thread-safe. */
final class ShrinkingMap<K, V> {
    /** Smaller tables are not worth it. */
    private static final int SMALL = 1_024;
    /** It shrinks when only such a part of the most that it had is left. */
    private static final int PART = 8;

    private Map<K, V> map = new HashMap<>();
    /** The most entries that the present table had. */
    private int most;

    @Nullable
    V get(K key) {
        return map.get(key);
    }

    void put(K key, V value) {
        map.put(key, value);
        most = Math.max(most, map.size());
    }

    V computeIfAbsent(K key, Function<K, V> maker) {
        var value = map.computeIfAbsent(key, maker);
        most = Math.max(most, map.size());
        return value;
    }

    void remove(K key) {
        map.remove(key);
        if (most > SMALL && map.size() < most / PART) {
            map = new HashMap<>(map);
            most = map.size();
        }
    }

    boolean isEmpty() {
        return map.isEmpty();
    }

    int size() {
        return map.size();
    }

    Set<K> keys() {
        return map.keySet();
    }

    Collection<V> values() {
        return map.values();
    }

    /** The most entries that the present table had. */
    int most() {
        return most;
    }
}
