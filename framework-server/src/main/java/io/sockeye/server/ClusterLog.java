package io.sockeye.server;

import io.sockeye.json.JsonArray;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * One log for all servers of a cluster: what any of them appends is read by all of them, in one order. Where it exists,
 * events that clients may miss, and what is done to many sockets, go through it instead of the {@link Adapter}s; a server
 * delivers what it has appended itself when it reads that. Methods may be called on any thread and must not block.
 */
public interface ClusterLog {
    /**
     * Begins to read; called once, after {@link Cluster#start}. First comes what the log still holds, oldest first, so that clients of other servers can
     * come back to this one. New clients join once {@link #caughtUp} has completed that was asked right after this, or at the
     * latest when {@link SharedRecovery#timeout} is over: what is old is not for them.
     */
    void start(Reader reader);

    /**
     * Appends an entry, in the order of the calls. The reader of this server is given this very object, once. The calls come
     * one at a time, while a lock is held that the reader takes, too: no lock may be held here that is held while the reader is
     * called, unless by the same thread.
     *
     * @return fails if the entry is not in the log: then this server's reader must never be given it. Whoever appended
     *     delivers it on this server alone, where clients that miss it cannot get it any more. Until an entry is read or has
     *     failed, what comes after it waits, for {@link SharedRecovery#timeout} at most
     */
    CompletionStage<?> append(Entry entry);

    /** Completes when this server has read all that any server had appended before the call. */
    CompletionStage<?> caughtUp();

    /** Reads the log on one server. It is called by one thread at a time, returns soon and throws nothing. */
    interface Reader {
        /**
         * Where reading begins: at the start, and again after an interruption. If that is not where it ended, this server has
         * missed what lies between: its clients are disconnected and begin anew, since nobody knows whom that concerned.
         *
         * @param offset of the entry right before what is read next; the empty text if the log begins there
         */
        void begin(String offset);

        /** @param offset of the entry; every text is one only */
        void read(String offset, Entry entry);
    }

    /** What happens to sockets of a namespace. Immutable. */
    sealed interface Entry {
        /** The name of the namespace, which need not exist on the server that reads this. */
        String namespace();

        /** Which sockets are meant. */
        Target target();
    }

    /**
     * They are sent an event.
     *
     * @param arguments the event's name, then its arguments, without the offset that clients get behind them
     * @param compress whether it may be compressed where the connection does so
     */
    record Emitted(String namespace, Target target, JsonArray arguments, boolean compress) implements Entry {}

    /** They join rooms, or leave them. */
    record Moved(String namespace, Target target, Set<String> rooms, boolean joins) implements Entry {
        public Moved {
            rooms = Set.copyOf(rooms);
        }
    }

    /**
     * They are disconnected, and their clients must not come back.
     *
     * @param close whether their connections are closed, too
     */
    record Ended(String namespace, Target target, boolean close) implements Entry {}
}
