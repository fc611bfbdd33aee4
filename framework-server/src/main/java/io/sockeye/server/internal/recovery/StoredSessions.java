package io.sockeye.server.internal.recovery;

import io.sockeye.server.adapter.SessionClaim;
import io.sockeye.server.adapter.StoredSession;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.context.ServerLoop;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.socket.HandlerMailboxes;
import io.sockeye.server.internal.socket.RecoveryState;
import io.sockeye.server.internal.socket.SocketSession;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sessions as the store of a cluster keeps them, whose offsets stand for numbers of this server's log. What this server has
 * to handle yet of a client that has left is done before what it gets from it when it is back. Any thread.
 */
public final class StoredSessions {
    private final Recovery recovery;
    private final ServerContext context;
    /** The mailboxes of sessions whose sockets have left and have not handled all yet, by the secrets. */
    private final Map<String, Busy> busy = new ConcurrentHashMap<>();

    StoredSessions(Recovery recovery, ServerContext context) {
        this.recovery = recovery;
        this.context = context;
    }

    /** How many have left whose handlers are not through. */
    int size() {
        return busy.size();
    }

    /** A socket is about to leave; {@link #handled} follows. */
    void leaves(SocketSession session, String pid) {
        busy.merge(pid, new Busy(session.mailboxes(), 1), (present, added) -> present.plus(1));
    }

    /** In its usual mailbox: all handlers of a socket that has left are through, but perhaps those elsewhere. */
    void handled(SocketSession session, String pid) {
        session.mailboxes()
                .afterAll(() ->
                        busy.computeIfPresent(pid, (key, present) -> present.sockets() == 1 ? null : present.plus(-1)));
    }

    /** As other servers may take it; null if they cannot know any more what it missed. */
    @Nullable
    StoredSession of(ParkedSession parked) {
        var session = parked.session();
        var state = parked.state();
        var order = recovery.order();
        var position = order.offset(parked.position());
        return position == null
                ? null
                : new StoredSession(
                        parked.pid(),
                        session.id(),
                        session.namespace().name(),
                        parked.rooms(),
                        session.data(),
                        position,
                        state.sent(),
                        order.offset(state.confirmed()),
                        state.got());
    }

    /** The session that a client of this namespace had at another server, or at this one, whose state is all in the store. */
    public ParkedSession restored(StoredSession stored, LocalNamespace namespace, ServerLoop loop) {
        var known = busy.get(stored.pid());
        var mailboxes = known == null ? new HandlerMailboxes(context, namespace, loop) : known.mailboxes();
        var state = state(stored);
        var session =
                new SocketSession(stored.id(), namespace, new ConcurrentHashMap<>(stored.data()), mailboxes, state);
        return new ParkedSession(
                session, stored.rooms(), state, recovery.order().number(stored.position()));
    }

    /** Whether it can be given back here. */
    public boolean fits(SessionClaim wish, StoredSession stored) {
        return recovery.order().number(stored.position()) >= 0
                && recovery.fits(wish, stored.namespace(), state(stored));
    }

    private RecoveryState state(StoredSession stored) {
        return new RecoveryState(stored, recovery.order().number(stored.confirmed()));
    }

    /** @param sockets how many have left whose handlers are not through */
    private record Busy(HandlerMailboxes mailboxes, int sockets) {
        Busy plus(int more) {
            return new Busy(mailboxes, sockets + more);
        }
    }
}
