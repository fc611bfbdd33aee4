package io.sockeye.server.internal.socket;

import io.sockeye.server.internal.rooms.LoopRooms;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the sockets of one loop share. Owned by the loop. */
public final class LoopSockets {
    private final LoopRooms rooms;
    /** Null if clients cannot come back. */
    private final @Nullable SessionKeeper keeper;

    private final LateConnectionCalls lateCalls;
    private final Set<LocalSocket> leaving = new LinkedHashSet<>();
    /** Those of them whose handlers are through, but whose answers have not been read. */
    private final Set<LocalSocket> unread = new LinkedHashSet<>();

    public LoopSockets(LoopRooms rooms, @Nullable SessionKeeper keeper) {
        this.rooms = rooms;
        this.keeper = keeper;
        this.lateCalls = new LateConnectionCalls(rooms.loop());
    }

    public LoopRooms rooms() {
        return rooms;
    }

    @Nullable
    SessionKeeper keeper() {
        return keeper;
    }

    LateConnectionCalls lateCalls() {
        return lateCalls;
    }

    /** Those that have ended, and whose events still wait: nobody is there any more who could be made to wait. */
    public Set<LocalSocket> leaving() {
        return leaving;
    }

    /** The last handler of a socket that has ended is through. */
    void handled(LocalSocket socket) {
        if (!removeIfRead(socket)) {
            unread.add(socket);
        }
    }

    /** Unless answers of the client wait that has no other socket by now. */
    private boolean removeIfRead(LocalSocket socket) {
        boolean read = socket.memory().isShared() || socket.memory().waitingBytes() == 0;
        if (read) {
            leaving.remove(socket);
        }
        return read;
    }

    /** Forgets those that have ended and whose answers have been read meanwhile. */
    public void forgetRead() {
        if (!unread.isEmpty()) {
            unread.removeIf(this::removeIfRead);
        }
    }
}
