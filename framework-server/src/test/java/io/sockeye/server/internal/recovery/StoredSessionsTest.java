package io.sockeye.server.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.Sockets;
import io.sockeye.server.adapter.StoredSession;
import io.sockeye.server.internal.rooms.Loops;
import io.sockeye.server.internal.socket.HandlerMailboxes;
import io.sockeye.server.internal.socket.SocketSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoredSessionsTest {
    private static final StoredSession STORED =
            new StoredSession("secret", "ann", "/", Set.of(), Map.of(), "1", null, null, null);

    private final StoredSessions sessions = new StoredSessions(
            new Recovery(ConnectionStateRecovery.within(Duration.ofMinutes(1)), Sockets.CONTEXT, new Loops(), null),
            Sockets.CONTEXT);
    private final SocketSession ann = Sockets.session("ann");
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    @SuppressWarnings("NullAway") // Nothing is done on the shard.
    private HandlerMailboxes mailboxesAtReturn() {
        return sessions.restored(STORED, ann.namespace(), null).session().mailboxes();
    }

    @Test
    void whoComesFromElsewhereHasMailboxesOfItsOwn() {
        assertThat(mailboxesAtReturn()).isNotSameAs(ann.mailboxes());
    }

    @Test
    void whoIsBackWaitsForWhatItSentBefore() {
        sessions.leaves(ann, "secret");
        assertThat(mailboxesAtReturn()).isSameAs(ann.mailboxes());
        sessions.handled(ann, "secret");
        assertThat(mailboxesAtReturn()).isNotSameAs(ann.mailboxes());
    }

    @Test
    void whoIsBackWaitsForHandlersWithAnExecutorOfTheirOwn() {
        ann.mailboxes().on(tasks::add).post(() -> {});
        sessions.leaves(ann, "secret");
        sessions.handled(ann, "secret");
        assertThat(mailboxesAtReturn()).isSameAs(ann.mailboxes());
        tasks.remove().run();
        assertThat(mailboxesAtReturn()).isNotSameAs(ann.mailboxes());
    }

    @Test
    void whoLeavesAgainAndAgainWaitsForAllOfIt() {
        sessions.leaves(ann, "secret");
        sessions.leaves(ann, "secret");
        sessions.handled(ann, "secret");
        assertThat(mailboxesAtReturn()).isSameAs(ann.mailboxes());
        sessions.handled(ann, "secret");
        assertThat(mailboxesAtReturn()).isNotSameAs(ann.mailboxes());
    }
}
