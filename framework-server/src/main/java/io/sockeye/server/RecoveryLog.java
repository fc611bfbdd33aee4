package io.sockeye.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one socket was sent and may not have got, and what it would have been sent while it was away. Owned by the loop of
 * the socket's shard.
 *
 * <pre>
 *   forgotten … floor │ arrived: a pong says so │ sent before the last ping │ sent, or missed
 *                     └──────── entries ────────┴───────────────────────────┴────────────────
 * </pre>
 */
final class RecoveryLog {
    /** Entries that have arrived are kept up to this number, for a client that asks from an older offset. */
    private static final int ARRIVED_KEPT = 100;

    private final Recovery recovery;
    private final String pid;
    private final ArrayDeque<Outgoing> entries = new ArrayDeque<>(2);
    /** The offset of the last entry that was forgotten; null if all are there. */
    private @Nullable String floor;
    /** How many offsets the server had given before. */
    private final long before;
    /** How many of the first entries have arrived. */
    private int arrived;
    /** How many of the first entries were sent before the last ping. */
    private int pinged;
    /** Whether something was sent to the client that has an offset. */
    private boolean sent;

    RecoveryLog(Recovery recovery, String pid) {
        this.recovery = recovery;
        this.pid = pid;
        this.before = recovery.offsets();
    }

    /** The secret by which the client comes back. */
    String pid() {
        return pid;
    }

    /** @param present whether the client is there to get it */
    void add(Outgoing outgoing, boolean present) {
        sent = sent || present;
        entries.addLast(outgoing);
        recovery.hold(outgoing);
        while (entries.size() > recovery.settings().maxPackets() || (arrived > 0 && recovery.isFull())) {
            forgetFirst();
        }
        while (!entries.isEmpty() && recovery.mustForget()) {
            forgetFirst();
        }
    }

    /** A ping follows all that was sent. */
    void pinged() {
        pinged = entries.size();
    }

    /** The pong to that ping. */
    void ponged() {
        arrived = Math.max(arrived, pinged);
        while (arrived > ARRIVED_KEPT) {
            forgetFirst();
        }
    }

    private void forgetFirst() {
        var first = entries.removeFirst();
        floor = first.offset();
        arrived = Math.max(0, arrived - 1);
        pinged = Math.max(0, pinged - 1);
        recovery.release(first);
    }

    /**
     * What follows the offset; null if that is not known.
     *
     * @param offset the last one that the client got, as it says; null if it got none
     */
    @Nullable
    List<Outgoing> after(@Nullable String offset) {
        // Whatever offset it names, be it of an earlier session: of this one, nothing was sent.
        boolean nothingSent = floor == null && !sent;
        if (nothingSent || (offset != null && offset.equals(floor))) {
            return List.copyOf(entries);
        }
        var rest = new ArrayList<Outgoing>();
        boolean found = false;
        for (var entry : entries) {
            if (found) {
                rest.add(entry);
            }
            found = found || Objects.equals(offset, entry.offset());
        }
        if (found) {
            return rest;
        }
        // The official client keeps the offset of an earlier session until it gets an event of this one.
        boolean ofEarlierSession = floor == null && offset != null && recovery.isAmongFirst(offset, before);
        return ofEarlierSession ? List.copyOf(entries) : null;
    }

    /** All that is kept; oldest first. */
    List<Outgoing> entries() {
        return List.copyOf(entries);
    }

    /**
     * Begins with what another log of the same session held.
     *
     * @param offset what these follow; null if they are the first ones
     */
    void begin(List<Outgoing> missed, @Nullable String offset) {
        missed.forEach(recovery::hold);
        entries.addAll(missed);
        floor = offset;
    }

    /** All that is kept is on its way to the client. */
    void sent() {
        sent = sent || !entries.isEmpty();
    }

    void clear() {
        entries.forEach(recovery::release);
        entries.clear();
        arrived = 0;
        pinged = 0;
    }
}
