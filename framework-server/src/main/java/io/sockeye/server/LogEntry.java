package io.sockeye.server;

import java.util.Set;

/** What happened to sockets of a namespace, so that it can be made up for by those whose client was away. Immutable. */
sealed interface LogEntry {
    /** What an entry takes besides what it holds, about. */
    long OBJECTS = 64;

    String namespace();

    /** Whether it happened to the socket of that id which is in these rooms, and in one of its own id. */
    boolean concerns(String socketId, Set<String> rooms);

    /** What it takes in memory, about. */
    long bytes();

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

    /** Something that their clients hear. */
    sealed interface Event extends LogEntry {
        Outgoing outgoing();
    }

    /** They were sent an event. */
    record Sent(String namespace, Target target, Outgoing outgoing) implements Event {
        @Override
        public boolean concerns(String socketId, Set<String> rooms) {
            return target.means(socketId, rooms);
        }

        @Override
        public long bytes() {
            return outgoing.bytes() + target.bytes();
        }
    }

    /** One of them was sent an event, by {@link Socket#emit}. */
    record SentToOne(String namespace, String id, Outgoing outgoing) implements Event {
        @Override
        public boolean concerns(String socketId, Set<String> rooms) {
            return id.equals(socketId);
        }

        @Override
        public long bytes() {
            return outgoing.bytes();
        }
    }

    /** Something that can be done to them only once: not again to those whose socket it was done to. */
    sealed interface Steering extends LogEntry {
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
