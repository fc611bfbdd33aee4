package io.sockeye.server.internal.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many sessions of a server come from which address. Any thread. */
final class Addresses {
    /** The first 48 bits of an address of IPv6. */
    private static final int GROUPS = 3;

    private final Map<String, Entry> entries = new HashMap<>();
    /** All of them; those with the most first. */
    private final List<Entry> sorted = new ArrayList<>();

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

    synchronized void add(String address) {
        var entry = entries.get(address);
        if (entry == null) {
            entry = new Entry(address, sorted.size());
            sorted.add(entry);
            boolean known = false;
            try {
                entries.put(address, entry);
                known = true;
            } finally {
                if (!known) {
                    sorted.remove(sorted.size() - 1);
                }
            }
        }
        swap(entry, firstWith(entry.sessions));
        entry.sessions++;
    }

    synchronized void remove(String address) {
        var entry = entries.get(address);
        if (entry == null) {
            return;
        }
        swap(entry, firstWith(entry.sessions - 1) - 1);
        entry.sessions--;
        if (entry.sessions == 0) { // It is the last one.
            sorted.remove(sorted.size() - 1);
            entries.remove(address);
        }
    }

    synchronized int count(String address) {
        var entry = entries.get(address);
        return entry == null ? 0 : entry.sessions;
    }

    /** The one with the most. */
    synchronized Count largest() {
        return sorted.isEmpty() ? new Count("", 0) : new Count(sorted.get(0).address, sorted.get(0).sessions);
    }

    /** The first index of those with so many sessions, or with fewer if none has as many. */
    private int firstWith(int sessions) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).sessions > sessions) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void swap(Entry entry, int index) {
        var other = sorted.set(index, entry);
        sorted.set(entry.index, other);
        other.index = entry.index;
        entry.index = index;
    }

    private static final class Entry {
        private final String address;
        private int sessions;
        /** Where it is among the sorted ones. */
        private int index;

        private Entry(String address, int index) {
            this.address = address;
            this.index = index;
        }
    }

    /** The sessions of one address. */
    record Count(String address, int sessions) {
        @Override
        public String toString() {
            return address + ", " + sessions + " of them";
        }
    }
}
