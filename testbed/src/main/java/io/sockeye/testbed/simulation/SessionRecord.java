package io.sockeye.testbed.simulation;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the model knows of one session: in which rooms it is and was, and what its client has got. */
final class SessionRecord {
    private final String sid;
    private final String namespace;
    /** Whether events of other servers reach it. */
    private final boolean clustered;

    private final RoomStays rooms = new RoomStays();
    private final Absence absence = new Absence();
    /** The first event that everybody in the namespace gets; no event before the connection handler has run. */
    private int bornAt = Integer.MAX_VALUE;

    private final BitSet received = new BitSet();
    /** The last ones by their lines. */
    private final Map<String, Integer> lastRanks = new HashMap<>();
    /** Whether its client was ever away, so that it is judged by later rooms than those at the moment of an event. */
    private boolean uncertain;
    /** When it was disconnected for good. */
    private long endedAtMillis = Long.MAX_VALUE;
    /** Whether it need not be given back. */
    private boolean forfeited;
    /** Where it is, or was last; null until a connection handler has run. */
    private @Nullable Chat server;

    /** Where its client asked last to get it back; null if it never did. */
    private @Nullable Chat asked;

    /** Whether its client can say what it got. */
    private boolean hasOffset;

    private final BitSet handled = new BitSet();
    /** The last one at each server. */
    private final Map<Chat, Integer> lastHandled = new HashMap<>();

    private final MemoryRecord memory = new MemoryRecord();

    SessionRecord(String sid, String namespace, Settings settings) {
        this.sid = sid;
        this.namespace = namespace;
        this.clustered = settings.order() == Settings.Order.LOG;
        this.uncertain = settings.order() != Settings.Order.CALLS;
    }

    String sid() {
        return sid;
    }

    String namespace() {
        return namespace;
    }

    /** What became of it for want of memory. */
    MemoryRecord memory() {
        return memory;
    }

    /** @param greedy whether its client may be ended since it has more than its share */
    void belongsTo(boolean greedy) {
        memory.belongsTo(greedy);
        if (greedy) {
            forfeited = true;
        }
    }

    void born(int event) {
        bornAt = event;
    }

    /** The client's connection has ended, as it knows. */
    void broken(long millis) {
        uncertain = true;
        absence.broken(millis);
    }

    Absence absence() {
        return absence;
    }

    RoomStays rooms() {
        return rooms;
    }

    void end(long millis) {
        endedAtMillis = Math.min(endedAtMillis, millis);
        forfeited = true;
    }

    /** Its client has no right to it any more, but may get it. */
    void forfeit() {
        forfeited = true;
    }

    boolean forfeited() {
        return forfeited;
    }

    void at(Chat host) {
        server = host;
    }

    /** Its client asks a server to give it back, which may take it from wherever it is. */
    void askedFrom(@Nullable Chat host) {
        asked = host;
    }

    boolean mayBeAt(Chat host) {
        return server == null || server == host || asked == host;
    }

    boolean endedBefore(long millis) {
        return endedAtMillis < millis;
    }

    boolean hasOffset() {
        return hasOffset;
    }

    void gotOffset() {
        hasOffset = true;
    }

    /** Nothing comes twice. */
    void receivedOnce(int event) {
        if (received.get(event)) {
            throw new Violation("session " + sid + " got event " + event + " twice");
        }
        received.set(event);
    }

    int lastRank(String line) {
        return lastRanks.getOrDefault(line, -1);
    }

    void rank(String line, int rank) {
        lastRanks.put(line, rank);
    }

    boolean hasReceived(int event) {
        return received.get(event);
    }

    /**
     * The client's events are handled each once, and by each server in the order in which they were sent. One server of a
     * cluster does not wait for another.
     */
    void handled(Chat host, int number) {
        Integer last = lastHandled.put(host, number);
        if (last != null && number < last) {
            throw new Violation("session " + sid + ": event " + number + " was handled after " + last);
        }
        if (handled.get(number)) {
            throw new Violation("session " + sid + ": event " + number + " was handled twice");
        }
        handled.set(number);
    }

    /** Whether the event must arrive, as long as the session lives. */
    boolean mustGet(Sent event) {
        if (!event.kept() || !concerns(event)) {
            return false;
        }
        if (event.audience().rooms().isEmpty()) {
            return event.id() >= bornAt;
        }
        for (var room : event.audience().rooms()) {
            if (room.equals(sid) || (!isFuzzy(room) && isSettled(room, event))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the event may arrive. */
    boolean mayGet(Sent event) {
        if (!concerns(event)) {
            return false;
        }
        if (event.audience().rooms().isEmpty()) {
            return true;
        }
        for (var room : event.audience().rooms()) {
            // A client that was away is judged by the rooms as they were when it came back.
            boolean was = uncertain ? rooms.wasInSince(room, event.id()) : rooms.wasIn(room, event.id());
            if (room.equals(sid) || isFuzzy(room) || was) {
                return true;
            }
        }
        return false;
    }

    /** Whether it was in none of the event's rooms when that was sent. */
    boolean joinedAfter(Sent event) {
        return !event.audience().rooms().isEmpty()
                && event.audience().rooms().stream().noneMatch(room -> rooms.wasIn(room, event.id()))
                && !event.audience().rooms().contains(sid);
    }

    private boolean concerns(Sent event) {
        boolean reached = clustered || event.audience().server() == server || server == null;
        return reached
                && event.audience().namespace().equals(namespace)
                && !sid.equals(event.audience().except());
    }

    /** Whether it depends on the moment of a broadcast that changed the room whether it is there. */
    private boolean isFuzzy(String room) {
        return uncertain && rooms.wasSteered(room);
    }

    /** Whether it stays in the room; in a cluster a join takes effect behind what its server logged before. */
    private boolean isSettled(String room, Sent event) {
        long latestMillis = clustered ? event.atMillis() - Ledger.LOG_MILLIS : Long.MAX_VALUE;
        return rooms.isInSince(room, event.id(), latestMillis);
    }
}
