package io.sockeye.server.internal.recovery;

import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.rooms.RoomMemory;
import io.sockeye.server.internal.socket.RecoveryState;
import io.sockeye.server.internal.socket.SocketSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session whose client is away.
 *
 * @param rooms in which its last socket was
 * @param state how far the client has got
 * @param position what has a higher number has not been done to the last socket
 */
public record ParkedSession(SocketSession session, Set<String> rooms, RecoveryState state, long position) {
    /** What the objects of a session take, about. */
    private static final int OBJECTS = 1024;
    /** What the objects of one of its rooms take, about. */
    private static final int ROOM_OBJECTS = 80;

    String pid() {
        return state.pid();
    }

    /** What it takes, about, but for what the application keeps with it. */
    long bytes() {
        long bytes = OBJECTS;
        for (var room : rooms) {
            bytes += ROOM_OBJECTS + RoomMemory.charactersOf(room);
        }
        return bytes;
    }

    public LocalNamespace namespace() {
        return session.namespace();
    }

    /**
     * What becomes of it when the client comes back.
     *
     * @param heard the client says that it has got all up to this number
     * @return null if it cannot come back: it was disconnected meanwhile, or what happened is not known any more
     */
    @Nullable
    Return comeBack(EventLog log, long heard) {
        // What was done to the session does not depend on what the client says that it has got.
        long from = Math.min(position, heard);
        var entries = log.after(from);
        if (entries == null || heard > from + entries.size()) {
            return null;
        }
        var names = new HashSet<>(rooms);
        var missed = new ArrayList<List<EnginePacket>>();
        long number = from;
        long last = 0;
        for (var entry : entries) {
            number++;
            if (!entry.namespace().equals(namespace().name()) || !entry.concerns(session.id(), names)) {
                continue;
            }
            if (entry instanceof LogEntry.Event event && number > heard) {
                missed.add(event.packets());
                last = number;
            } else if (number > position
                    && entry instanceof LogEntry.SocketChange steering
                    && !steering.change(names)) {
                return null;
            }
        }
        return new Return(names, missed, last, from + entries.size());
    }

    /**
     * How it goes on.
     *
     * @param missed the events that the client has to be sent, oldest first
     * @param last the number of the last one of these; 0 if there is none
     * @param end what has a higher number is neither in that nor done to the rooms
     */
    public record Return(Set<String> rooms, List<List<EnginePacket>> missed, long last, long end) {}
}
