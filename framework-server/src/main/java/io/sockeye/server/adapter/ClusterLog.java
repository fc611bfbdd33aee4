package io.sockeye.server.adapter;

import io.sockeye.json.JsonArray;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * One log for all servers of a cluster: what any of them appends is read by all of them, in one order. If there is one,
 * events that clients may miss, and changes to many sockets, go through it instead of the {@link Adapter}s; a server
 * delivers its own entries, too, when it reads them. Methods may be called on any thread and must not block.
 */
public interface ClusterLog {
    /**
     * Begins to read; called once, after {@link Cluster#start}. The entries that the log still holds are read first,
     * oldest first, so that clients of other servers can come back to this one. New clients join once a {@link
     * #caughtUp} that is called right after this has completed, or after {@link SharedRecovery#timeout} at the latest,
     * since old entries are not for them.
     */
    void start(Reader reader);

    /**
     * Appends an entry, in the order of the calls. The reader of this server must get this same object, once. The calls
     * come one at a time and under a lock that the reader takes, too: this method must take no lock that is held while
     * the reader is called, except by the same thread.
     *
     * @return fails if the entry is not in the log: then this server's reader must never get it. The server delivers it
     *     to its own sockets only, and clients that miss it cannot get it any more. Until an entry is read or has
     *     failed, later ones wait, for {@link SharedRecovery#timeout} at most
     */
    CompletionStage<?> append(Entry entry);

    /** Completes when this server has read all entries that any server had appended before the call. */
    CompletionStage<?> caughtUp();

    /** Reads the log on one server. Called by one thread at a time; returns soon and throws nothing. */
    interface Reader {
        /**
         * The position where reading begins: at the start, and again after an interruption. If it ended elsewhere, this
         * server has missed the entries between: its clients are disconnected and get new sessions, since it is unknown
         * which of them the entries were for.
         *
         * @param offset of the entry right before what is read next; the empty text if the log begins there
         */
        void begin(String offset);

        /** @param offset of the entry; no two entries have the same */
        void read(String offset, Entry entry);
    }

    /** A change to sockets of a namespace. Immutable. */
    sealed interface Entry {
        /** The name of the namespace, which need not exist on the server that reads this. */
        String namespace();

        /** The sockets that it is for. */
        Target target();
    }

    /**
     * An event is sent to the sockets.
     *
     * @param arguments the event's name, then its arguments, without the offset that clients get behind them
     * @param compress whether it may be compressed where the connection does so
     */
    record Emitted(String namespace, Target target, JsonArray arguments, boolean compress) implements Entry {}

    /** The sockets join rooms, or leave them. */
    record Moved(String namespace, Target target, Set<String> rooms, boolean joins) implements Entry {
        public Moved {
            rooms = Set.copyOf(rooms);
        }
    }

    /**
     * The sockets are disconnected, and their clients must not come back.
     *
     * @param close whether their connections are closed, too
     */
    record Ended(String namespace, Target target, boolean close) implements Entry {}
}
