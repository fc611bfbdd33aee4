package io.sockeye.server;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sessions as the store of a cluster keeps them, whose offsets stand for numbers of this server's log. Any thread. */
final class StoredSessions {
    private final Recovery recovery;
    private final ServerContext context;

    StoredSessions(Recovery recovery, ServerContext context) {
        this.recovery = recovery;
        this.context = context;
    }

    /** As other servers may take it; null if they cannot know any more what it missed. */
    @Nullable
    StoredSession of(ParkedSession parked) {
        var session = parked.session();
        var state = parked.state();
        var log = recovery.log();
        var position = log.offset(parked.position());
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
                        log.offset(state.confirmed()),
                        state.got());
    }

    /** The session that a client of this namespace had at another server, or at this one, whose state is all in the store. */
    ParkedSession restored(StoredSession stored, Namespace namespace, Shard shard) {
        var mailboxes = new HandlerMailboxes(context, namespace, shard);
        var state = state(stored);
        var session =
                new SocketSession(stored.id(), namespace, new ConcurrentHashMap<>(stored.data()), mailboxes, state);
        return new ParkedSession(session, stored.rooms(), state, recovery.number(stored.position()));
    }

    /** Whether it is known here what its client missed. */
    boolean knows(StoredSession stored, @Nullable String offset) {
        return recovery.number(stored.position()) >= 0 && state(stored).knows(recovery.named(offset));
    }

    private RecoveryState state(StoredSession stored) {
        return new RecoveryState(stored, recovery.number(stored.confirmed()));
    }
}
