package io.sockeye.server.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.memory.Budget;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.Sockets;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.Target;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.socket.RecoveryState;
import io.sockeye.server.internal.socket.SocketSession;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParkedSessionTest {
    private static final Target RED = Target.ALL.to(List.of("red"));

    private final SocketSession ann = Sockets.session("ann");
    private final EventLog log = new EventLog(100, 1 << 20, 1_000, new Budget(1 << 20));
    private final Set<String> rooms = new HashSet<>();
    /** In which it is when it has come back. */
    private Set<String> then = Set.of();

    private void happens(LogEntry entry) {
        log.append(0, number -> entry, (number, kept) -> {});
    }

    private void emit(String event, Target target) {
        happens(new LogEntry.Sent("/", target, outgoing(event)));
    }

    private static Outgoing outgoing(String event) {
        var context = Sockets.CONTEXT;
        var packet =
                new SocketPacket.Event("/", SocketPacket.NO_ACK, context.json().array(event));
        return Outgoing.logged(packet, Flags.NONE, context, "offset");
    }

    private void move(Target target, String room, boolean joins) {
        happens(new LogEntry.SocketChange(new ClusterLog.Moved("/", target, Set.of(room), joins)));
    }

    private @Nullable List<String> comesBack(long position) {
        return comesBack(position, 0);
    }

    private @Nullable List<String> comesBack(long position, long heard) {
        var session = new ParkedSession(ann, Set.copyOf(rooms), new RecoveryState("secret"), position);
        var found = session.comeBack(log, heard);
        if (found == null) {
            return null;
        }
        then = found.rooms();
        assertThat(found.end()).isEqualTo(log.end());
        return found.missed().stream().map(ParkedSessionTest::name).toList();
    }

    private static String name(List<EnginePacket> packets) {
        var text = packets.get(0).data().utf8();
        return text.substring(text.indexOf('[') + 2, text.indexOf("\",\"offset"));
    }

    @Test
    void missesWhatWasMeantForIt() {
        rooms.add("red");
        emit("to all", Target.ALL);
        emit("to red", RED);
        emit("to blue", Target.ALL.to(List.of("blue")));
        emit("to ann", Target.ALL.to(List.of("ann")));
        emit("not to red", Target.ALL.except(List.of("red")));
        emit("not to ann", RED.except(List.of("ann")));
        happens(new LogEntry.SentToOne("/", "ann", outgoing("by socket")));
        happens(new LogEntry.SentToOne("/", "bob", outgoing("to bob")));
        happens(new LogEntry.Sent("/admin", Target.ALL, outgoing("elsewhere")));
        assertThat(comesBack(0)).containsExactly("to all", "to red", "to ann", "by socket");
    }

    @Test
    void hasMovedMeanwhile() {
        rooms.add("red");
        move(RED, "blue", true);
        emit("to blue", Target.ALL.to(List.of("blue")));
        move(Target.ALL.to(List.of("blue")), "red", false);
        emit("to red", RED);
        assertThat(comesBack(0)).containsExactly("to blue");
        assertThat(then).containsExactly("blue");
    }

    @Test
    void doesNotMoveAgainByWhatWasDoneToItsSocket() {
        move(Target.ALL, "red", true);
        emit("to red", RED);
        assertThat(comesBack(1)).isEmpty();
        assertThat(then).isEmpty();
    }

    @Test
    void doesNotComeBackIfItWasDisconnectedMeanwhile() {
        happens(new LogEntry.SocketChange(new ClusterLog.Ended("/", RED, false)));
        assertThat(comesBack(0)).isEmpty();
        rooms.add("red");
        assertThat(comesBack(1)).isEmpty();
        assertThat(comesBack(0)).isNull();
    }

    @Test
    void isChangedByWhatHappenedWhateverTheClientSaysThatItHasGot() {
        rooms.add("red");
        move(RED, "red", false);
        emit("to all", Target.ALL);
        emit("to red", RED);
        emit("last", Target.ALL);
        assertThat(comesBack(0, 3)).containsExactly("last");
        assertThat(then).isEmpty();
        assertThat(comesBack(0, 5)).isNull();
        happens(new LogEntry.SocketChange(new ClusterLog.Ended("/", Target.ALL, false)));
        assertThat(comesBack(0, 4)).isNull();
        assertThat(comesBack(0, 5)).isNull();
    }

    @Test
    void doesNotComeBackIfItIsNotKnownWhatHappened() {
        for (int i = 0; i < 101; i++) {
            emit("to all", Target.ALL);
        }
        assertThat(comesBack(0, 101)).isNull();
        assertThat(comesBack(1, 101)).isEmpty();
        assertThat(comesBack(101, 100)).containsExactly("to all");
    }
}
