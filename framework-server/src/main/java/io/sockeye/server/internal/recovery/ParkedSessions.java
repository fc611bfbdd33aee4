package io.sockeye.server.internal.recovery;

import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.Held;
import io.sockeye.server.internal.socket.LocalSocket;
import io.sockeye.server.internal.socket.RecoveryState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the sessions of a server are, by their secrets. Any thread; guarded by itself, with short steps only.
 *
 * <pre>
 *   live ──▶ parked ──▶ taken ──▶ live        live: it has a socket
 *    │          │          │                  parked: its client is away
 *    └──────────┴──────────┴──▶ forgotten     taken: somebody resumes it, others wait for that
 * </pre>
 */
public final class ParkedSessions {
    /** Of the memory for what has arrived, for those whose clients are away. */
    private static final int SHARE_OF_BUDGET = 4;
    /** Of that, for one of them: else a few with very many rooms would leave nothing to the others. */
    private static final int SHARE_OF_ONE = 64;
    /** But so much in any case. */
    private static final long LEAST_OF_ONE = 16 << 10;

    private final int maxParked;
    private final long maxMillis;
    private final long maxBytes;
    private final Held held;
    private final Map<String, Live> live = new HashMap<>();
    /** Those whose client has been away the longest first. */
    private final LinkedHashMap<String, Parked> parked = new LinkedHashMap<>();
    /** Who waits until the session has been resumed. */
    private final Map<String, List<Runnable>> taken = new HashMap<>();

    /** @param budget to which those are charged whose client is away */
    ParkedSessions(int maxParked, long maxMillis, Budget budget) {
        this.maxParked = maxParked;
        this.maxMillis = maxMillis;
        this.maxBytes = budget.limitBytes() / SHARE_OF_BUDGET;
        this.held = new Held(budget);
    }

    /** The session has a socket. */
    public void live(LocalSocket socket, RecoveryState state) {
        String pid = state.pid();
        List<Runnable> waiting;
        synchronized (this) {
            live.put(pid, new Live(socket, state));
            waiting = taken.remove(pid);
        }
        run(waiting);
    }

    /**
     * The client is away.
     *
     * @return sessions that had to be forgotten instead
     */
    List<ParkedSession> park(ParkedSession session, long nowMillis) {
        long bytes = session.bytes();
        List<Runnable> waiting;
        var forgotten = new ArrayList<ParkedSession>(0);
        synchronized (this) {
            live.remove(session.pid());
            waiting = taken.remove(session.pid());
            if (bytes > Math.max(LEAST_OF_ONE, maxBytes / SHARE_OF_ONE)) {
                forgotten.add(session);
            } else {
                parked.put(session.pid(), new Parked(session, nowMillis, bytes));
                held.add(bytes);
            }
            while (parked.size() > maxParked || held.bytes() > maxBytes) {
                forgotten.add(removeOldest());
            }
        }
        run(waiting);
        return forgotten;
    }

    /**
     * Looks for a session that a client wants back; what is found is told at once. Whoever takes a parked one calls {@link
     * #live}, {@link #park} or {@link #end} in the end.
     *
     * @param again is run later, if somebody else resumes the session at the moment
     */
    public void find(String pid, Wanted wanted, Runnable again) {
        Live present;
        ParkedSession session = null;
        synchronized (this) {
            var waiting = taken.get(pid);
            if (waiting != null) {
                waiting.add(again);
                return;
            }
            present = live.get(pid);
            var found = parked.get(pid);
            if (found != null && wanted.fits(found.session)) {
                session = found.session;
                remove(found);
                taken.put(pid, new ArrayList<>(0));
            }
        }
        if (session != null) {
            wanted.parked(session);
        } else if (present != null) {
            wanted.live(present.socket, present.state);
        } else {
            wanted.unknown();
        }
    }

    /**
     * Looks for the socket that the session has at present; after its return, if somebody resumes it at the moment.
     *
     * @param absent is run if there is none
     */
    void locate(String pid, Consumer<LocalSocket> present, Runnable absent) {
        Live found;
        synchronized (this) {
            var waiting = taken.get(pid);
            if (waiting != null) {
                waiting.add(() -> locate(pid, present, absent));
                return;
            }
            found = live.get(pid);
        }
        if (found == null) {
            absent.run();
        } else {
            present.accept(found.socket);
        }
    }

    /** The socket that the session has at present; null if it has none. */
    synchronized @Nullable Live present(String pid) {
        return live.get(pid);
    }

    /** Whether its client is here, or can come back to this server alone. */
    synchronized boolean holds(String pid) {
        var present = live.get(pid);
        return parked.containsKey(pid)
                || taken.containsKey(pid)
                || (present != null && present.socket().connected());
    }

    /** The session has no socket any more, and is on its way to other servers, or here, parked, if they could not have it. */
    synchronized void leaves(String pid) {
        live.remove(pid);
    }

    /** The session ends for good, by the one who took it or on the loop of its socket. */
    void end(String pid) {
        List<Runnable> waiting;
        synchronized (this) {
            live.remove(pid);
            waiting = taken.remove(pid);
        }
        run(waiting);
    }

    /** Removes those whose client has been away for too long. */
    void expire(long nowMillis, Consumer<ParkedSession> expired) {
        var due = new ArrayList<ParkedSession>(0);
        synchronized (this) {
            while (!parked.isEmpty() && nowMillis - oldest().atMillis > maxMillis) {
                due.add(removeOldest());
            }
        }
        due.forEach(expired);
    }

    private Parked oldest() {
        return parked.values().iterator().next();
    }

    private ParkedSession removeOldest() {
        return remove(oldest());
    }

    private ParkedSession remove(Parked one) {
        parked.remove(one.session.pid());
        held.add(-one.bytes);
        return one.session;
    }

    /** How many clients are away that may come back. */
    public synchronized int size() {
        return parked.size();
    }

    /** How many sessions there are, also of those who are here. */
    public synchronized int all() {
        return live.size() + parked.size() + taken.size();
    }

    /** Runs a short task if nobody is there, and nobody may come back. */
    synchronized void ifEmpty(Runnable task) {
        if (live.isEmpty() && parked.isEmpty() && taken.isEmpty()) {
            task.run();
        }
    }

    private static void run(@Nullable List<Runnable> waiting) {
        if (waiting != null) {
            waiting.forEach(Runnable::run);
        }
    }

    /** A session whose client is there. */
    record Live(LocalSocket socket, RecoveryState state) {}

    private record Parked(ParkedSession session, long atMillis, long bytes) {}

    /** Who wants a session back. */
    public interface Wanted {
        /** Whether it can be given back; called under a lock. */
        boolean fits(ParkedSession session);

        /** The session is the caller's. */
        void parked(ParkedSession session);

        /** The session has a socket on a connection whose end was perhaps not noticed. */
        void live(LocalSocket socket, RecoveryState state);

        /** There is none for this client. */
        void unknown();
    }
}
