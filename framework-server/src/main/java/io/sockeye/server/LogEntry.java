package io.sockeye.server;

import io.sockeye.engine.EnginePacket;
import java.util.List;
import java.util.Set;

/** What happens to sockets of a namespace and is logged, so that those whose client is away make up for it. Immutable. */
sealed interface LogEntry {
    /** What the log keeps of it: what is only needed while it is delivered would cost each garbage collection time. */
    Kept kept();

    /** What stands in the log of a cluster at that offset. */
    static LogEntry of(ClusterLog.Entry entry, String offset, ServerContext context) {
        if (entry instanceof ClusterLog.Emitted emitted) {
            var outgoing = Outgoing.logged(emitted.event(), emitted.flags(), context, offset);
            return new Sent(emitted.namespace(), emitted.target(), outgoing);
        }
        if (entry instanceof ClusterLog.Moved moved) {
            return new Moved(moved.namespace(), moved.target(), moved.rooms(), moved.joins());
        }
        var ended = (ClusterLog.Ended) entry;
        return new Ended(ended.namespace(), ended.target(), ended.close());
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
            return target.means(socketId, rooms);
        }

        @Override
        public long bytes() {
            return OBJECTS + Outgoing.bytes(packets) + target.bytes();
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
            return OBJECTS + Outgoing.bytes(packets);
        }
    }

    /** Something that can be done to them only once: not again to those whose socket it was done to. */
    sealed interface Steering extends LogEntry, Kept {
        @Override
        default Kept kept() {
            return this;
        }

        Target target();

        void applyTo(Socket socket);

        /** The same for the log of a cluster. */
        ClusterLog.Entry toEntry();

        @Override
        default boolean concerns(String socketId, Set<String> rooms) {
            return target().means(socketId, rooms);
        }
    }

    /** They joined rooms, or left them. */
    record Moved(String namespace, Target target, Set<String> rooms, boolean joins) implements Steering {
        @Override
        public void applyTo(Socket socket) {
            rooms.forEach(room -> socket.membership().set(room, joins));
        }

        @Override
        public ClusterLog.Entry toEntry() {
            return new ClusterLog.Moved(namespace, target, rooms, joins);
        }

        /** Does the same to the rooms of a session whose client is away. */
        void change(Set<String> names) {
            if (joins) {
                names.addAll(rooms);
            } else {
                names.removeAll(rooms);
            }
        }

        @Override
        public long bytes() {
            return OBJECTS + target.bytes() + Target.bytes(rooms);
        }
    }

    /**
     * They were disconnected: their clients must not come back.
     *
     * @param close whether their connections were closed, too
     */
    record Ended(String namespace, Target target, boolean close) implements Steering {
        @Override
        public void applyTo(Socket socket) {
            if (close) {
                socket.leaveAllNamespaces();
            } else {
                socket.leaveNamespace();
            }
        }

        @Override
        public ClusterLog.Entry toEntry() {
            return new ClusterLog.Ended(namespace, target, close);
        }

        @Override
        public long bytes() {
            return OBJECTS + target.bytes();
        }
    }
}
