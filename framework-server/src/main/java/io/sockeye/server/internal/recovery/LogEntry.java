package io.sockeye.server.internal.recovery;

import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.Socket;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.Target;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.context.ServerContext;
import java.util.List;
import java.util.Set;

/** What happens to sockets of a namespace and is logged, so that those whose client is away make up for it. Immutable. */
public sealed interface LogEntry {
    /** What the log keeps of it: what is only needed while it is delivered would cost each garbage collection time. */
    Kept kept();

    /** What stands in the log of a cluster at that offset. */
    static LogEntry of(ClusterLog.Entry entry, String offset, ServerContext context) {
        if (entry instanceof ClusterLog.Emitted emitted) {
            var outgoing = Outgoing.logged(event(emitted), flags(emitted), context, offset);
            return new Sent(emitted.namespace(), emitted.target(), outgoing);
        }
        return new SocketChange(entry);
    }

    /** As the application emitted it. */
    static SocketPacket.Event event(ClusterLog.Emitted emitted) {
        return new SocketPacket.Event(emitted.namespace(), SocketPacket.NO_ACK, emitted.arguments());
    }

    static Flags flags(ClusterLog.Emitted emitted) {
        return Flags.NONE.compress(emitted.compress());
    }

    /** What it holds takes in memory, about. */
    static long bytes(ClusterLog.Entry entry) {
        long bytes = Targets.bytes(entry.target());
        if (entry instanceof ClusterLog.Emitted emitted) {
            bytes += emitted.arguments().raw().length();
            for (var attachment : emitted.arguments().attachments()) {
                bytes += attachment.length();
            }
        } else if (entry instanceof ClusterLog.Moved moved) {
            bytes += Targets.bytes(moved.rooms());
        }
        return bytes;
    }

    /** They are sent an event. */
    record Sent(String namespace, Target target, Outgoing outgoing) implements LogEntry {
        @Override
        public Kept kept() {
            return new Missed(namespace, target, outgoing.packets());
        }
    }

    /** One of them is sent an event, by {@link Socket#emit}. */
    record SentToOne(String namespace, String id, Outgoing outgoing) implements LogEntry {
        @Override
        public Kept kept() {
            return new MissedByOne(namespace, id, outgoing.packets());
        }
    }

    /** What the log knows of what has happened. */
    sealed interface Kept {
        /** What the objects of an entry take besides what it holds, about. */
        long OBJECTS = 64;

        String namespace();

        /** Whether it happened to the socket of that id which is in these rooms, and in one of its own id. */
        boolean concerns(String socketId, Set<String> rooms);

        /** What it takes in memory, about. */
        long bytes();
    }

    /** Something that their clients have missed, if they were away. */
    sealed interface Event extends Kept {
        List<EnginePacket> packets();
    }

    /** They were sent an event. */
    record Missed(String namespace, Target target, List<EnginePacket> packets) implements Event {
        @Override
        public boolean concerns(String socketId, Set<String> rooms) {
            return Targets.means(target, socketId, rooms);
        }

        @Override
        public long bytes() {
            return OBJECTS + EnginePacket.heldBytes(packets) + Targets.bytes(target);
        }
    }

    /** The socket of that id was sent an event. */
    record MissedByOne(String namespace, String id, List<EnginePacket> packets) implements Event {
        @Override
        public boolean concerns(String socketId, Set<String> rooms) {
            return id.equals(socketId);
        }

        @Override
        public long bytes() {
            return OBJECTS + EnginePacket.heldBytes(packets);
        }
    }

    /**
     * Something that can be done to them only once: not again to those whose socket it was done to.
     *
     * @param what they join, leave or end
     */
    record SocketChange(ClusterLog.Entry what) implements LogEntry, Kept {
        @Override
        public Kept kept() {
            return this;
        }

        @Override
        public String namespace() {
            return what.namespace();
        }

        Target target() {
            return what.target();
        }

        /**
         * Does it to the rooms of a session whose client is away.
         *
         * @return whether the client may still come back
         */
        boolean change(Set<String> names) {
            if (!(what instanceof ClusterLog.Moved moved)) {
                return false;
            }
            if (moved.joins()) {
                names.addAll(moved.rooms());
            } else {
                names.removeAll(moved.rooms());
            }
            return true;
        }

        @Override
        public boolean concerns(String socketId, Set<String> rooms) {
            return Targets.means(target(), socketId, rooms);
        }

        @Override
        public long bytes() {
            return OBJECTS + LogEntry.bytes(what);
        }
    }
}
