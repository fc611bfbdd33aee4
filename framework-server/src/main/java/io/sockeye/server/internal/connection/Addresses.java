package io.sockeye.server.internal.connection;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many sessions of a server come from which address. Any thread. */
final class Addresses {
    /** The first 48 bits of an address of IPv6. */
    private static final int GROUPS = 3;

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /**
     * Those of one client count together: of IPv6, in whose addresses a site has 80 bits for itself, all that begin with the same
     * 48 bits.
     */
    static String of(String remoteAddress) {
        int end = -1;
        for (int i = 0; i < GROUPS; i++) {
            end = remoteAddress.indexOf(':', end + 1);
            if (end < 0) {
                return remoteAddress;
            }
        }
        return remoteAddress.substring(0, end);
    }

    void add(String address) {
        counts.merge(address, 1, Integer::sum);
    }

    void remove(String address) {
        counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    int count(String address) {
        return counts.getOrDefault(address, 0);
    }

    /** The one with the most. */
    Count largest() {
        return counts.entrySet().stream()
                .map(each -> new Count(each.getKey(), each.getValue()))
                .max(Comparator.comparingInt(Count::sessions))
                .orElse(new Count("", 0));
    }

    /** The sessions of one address. */
    record Count(String address, int sessions) {
        @Override
        public String toString() {
            return address + ", " + sessions + " of them";
        }
    }
}
