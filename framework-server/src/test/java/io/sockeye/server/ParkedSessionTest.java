package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.socket.SocketPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParkedSessionTest {
    private static final Target RED = Target.ALL.to(List.of("red"));

    private final SocketSession ann = Sockets.session("ann");
    private final Namespace namespace = ann.namespace();
    private final List<EventLog.Kept> log = new ArrayList<>();

    private void happens(LogEntry entry) {
        log.add(new EventLog.Kept(log.size() + 1, entry, 0));
    }

    private void emit(String event, Target target) {
        happens(new LogEntry.Sent(namespace, target, outgoing(event)));
    }

    private static Outgoing outgoing(String event) {
        var context = Sockets.CONTEXT;
        var packet =
                new SocketPacket.Event("/", SocketPacket.NO_ACK, context.json().array(event));
        return Outgoing.logged(packet, Flags.NONE, context, "offset");
    }

    private void move(Target target, String room, boolean joins) {
        happens(new LogEntry.Moved(namespace, target, Set.of(room), joins));
    }

    private @Nullable List<String> comesBack(long position) {
        var session = new ParkedSession(ann, new RecoveryState("secret"), position);
        var missed = session.comeBack(log);
        return missed == null
                ? null
                : missed.stream().map(outgoing -> outgoing.event().name()).toList();
    }

    @Test
    void missesWhatWasMeantForIt() {
        ann.rooms().add("red");
        emit("to all", Target.ALL);
        emit("to red", RED);
        emit("to blue", Target.ALL.to(List.of("blue")));
        emit("to ann", Target.ALL.to(List.of("ann")));
        emit("not to red", Target.ALL.except(List.of("red")));
        emit("not to ann", RED.except(List.of("ann")));
        happens(new LogEntry.SentToOne(namespace, "ann", outgoing("by socket")));
        happens(new LogEntry.SentToOne(namespace, "bob", outgoing("to bob")));
        happens(new LogEntry.Sent(new Namespace("/admin", Sockets.CONTEXT, null), Target.ALL, outgoing("elsewhere")));
        assertThat(comesBack(0)).containsExactly("to all", "to red", "to ann", "by socket");
    }

    @Test
    void hasMovedMeanwhile() {
        ann.rooms().add("red");
        move(RED, "blue", true);
        emit("to blue", Target.ALL.to(List.of("blue")));
        move(Target.ALL.to(List.of("blue")), "red", false);
        emit("to red", RED);
        assertThat(comesBack(0)).containsExactly("to blue");
        assertThat(ann.rooms().names()).containsExactly("blue");
    }

    @Test
    void doesNotMoveAgainByWhatWasDoneToItsSocket() {
        move(Target.ALL, "red", true);
        emit("to red", RED);
        assertThat(comesBack(1)).isEmpty();
        assertThat(ann.rooms().names()).isEmpty();
    }

    @Test
    void doesNotComeBackIfItWasDisconnectedMeanwhile() {
        happens(new LogEntry.Ended(namespace, RED, false));
        assertThat(comesBack(0)).isEmpty();
        ann.rooms().add("red");
        assertThat(comesBack(1)).isEmpty();
        assertThat(comesBack(0)).isNull();
    }

    @Test
    void whatItsCallersDidBeforeIsNotFollowedAgain() {
        int ticket = ann.rooms().add("red");
        assertThat(comesBack(0)).isEmpty();
        ann.rooms().remove("red");
        assertThat(ann.rooms().follow("red", true, ticket)).isNull();
    }
}
