package io.sockeye.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session whose client is away.
 *
 * @param state how far the client has got
 * @param position what has a higher number has not been done to the last socket
 */
record ParkedSession(SocketSession session, RecoveryState state, long position) {
    String pid() {
        return state.pid();
    }

    Namespace namespace() {
        return session.namespace();
    }

    /**
     * What the client has to be sent, oldest first; null if it was disconnected meanwhile. It is back: the rooms are changed
     * by what happened, too.
     */
    @Nullable
    List<Outgoing> comeBack(List<EventLog.Kept> entries) {
        return session.rooms().comeBack(names -> missed(entries, names));
    }

    private @Nullable List<Outgoing> missed(List<EventLog.Kept> entries, Set<String> rooms) {
        var missed = new ArrayList<Outgoing>();
        for (var kept : entries) {
            var entry = kept.entry();
            if (entry.namespace() != namespace() || !entry.concerns(session.id(), rooms)) {
                continue;
            }
            boolean meanwhile = kept.number() > position;
            if (entry instanceof LogEntry.Sent sent) {
                missed.add(sent.outgoing());
            } else if (entry instanceof LogEntry.SentToOne sent) {
                missed.add(sent.outgoing());
            } else if (meanwhile && entry instanceof LogEntry.Moved moved) {
                move(moved, rooms);
            } else if (meanwhile && entry instanceof LogEntry.Ended) {
                return null;
            }
        }
        return missed;
    }

    private static void move(LogEntry.Moved moved, Set<String> rooms) {
        if (moved.joins()) {
            rooms.addAll(moved.rooms());
        } else {
            rooms.removeAll(moved.rooms());
        }
    }
}
