package io.sockeye.server.internal.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.Sockets;
import io.sockeye.server.adapter.Target;
import io.sockeye.server.internal.socket.LocalSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoomsTest {
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final RoomEvents events = new RoomEvents(Sockets.CONTEXT);
    private final Rooms rooms = new Rooms(events, new HashMap<>(), later::add);
    private final LocalSocket ann = Sockets.unconnected("ann");
    private final LocalSocket bob = Sockets.unconnected("bob");
    private final LocalSocket cid = Sockets.unconnected("cid");

    @BeforeEach
    void everybodyIsHere() {
        rooms.add(ann);
        rooms.add(bob);
        rooms.add(cid);
    }

    @Test
    void withoutRoomsEverybodyIsMeant() {
        assertThat(meant(Target.ALL)).containsExactlyInAnyOrder("ann", "bob", "cid");
    }

    @Test
    void aRoomMeansItsMembers() {
        rooms.join(ann, "red");
        rooms.join(bob, "red");
        assertThat(meant(to("red"))).containsExactly("ann", "bob");
    }

    @Test
    void aSocketInTwoRoomsIsMeantOnce() {
        rooms.join(ann, "red");
        rooms.join(ann, "blue");
        rooms.join(bob, "blue");
        assertThat(meant(to("red", "blue"))).containsExactlyInAnyOrder("ann", "bob");
    }

    @Test
    void theOwnIdIsARoomOfOne() {
        assertThat(meant(to("bob"))).containsExactly("bob");
        assertThat(meant(to("bob", "ann"))).containsExactlyInAnyOrder("ann", "bob");
        assertThat(meant(Target.ALL.except(List.of("bob")))).containsExactlyInAnyOrder("ann", "cid");
    }

    @Test
    void othersMayJoinARoomNamedLikeASocket() {
        rooms.join(ann, "bob");
        assertThat(meant(to("bob"))).containsExactlyInAnyOrder("ann", "bob");
        rooms.leave(ann, "bob");
        assertThat(meant(to("bob"))).containsExactly("bob");
    }

    @Test
    void whoJoinsTheRoomOfItsOwnIdIsMeantOnceAndStaysThereAfterLeaving() {
        rooms.join(bob, "bob");
        assertThat(meant(to("bob"))).containsExactly("bob");
        rooms.leave(bob, "bob");
        assertThat(meant(to("bob"))).containsExactly("bob");
    }

    @Test
    void exceptWinsOverTo() {
        rooms.join(ann, "red");
        rooms.join(bob, "red");
        rooms.join(bob, "muted");
        assertThat(meant(to("red").except(List.of("muted")))).containsExactly("ann");
        assertThat(meant(to("red").except(List.of("red")))).isEmpty();
    }

    @Test
    void anUnknownRoomMeansNobody() {
        assertThat(meant(to("nowhere"))).isEmpty();
        assertThat(meant(Target.ALL.except(List.of("nowhere")))).hasSize(3);
    }

    @Test
    void joiningTwiceIsJoiningOnce() {
        rooms.join(ann, "red");
        rooms.join(ann, "red");
        rooms.leave(ann, "red");
        assertThat(meant(to("red"))).isEmpty();
    }

    @Test
    void leavingARoomThatOneIsNotInDoesNothing() {
        rooms.join(bob, "red");
        rooms.leave(ann, "red");
        rooms.leave(ann, "blue");
        assertThat(meant(to("red"))).containsExactly("bob");
    }

    @Test
    void whoIsRemovedIsInNoRoomAnyMore() {
        rooms.join(ann, "red");
        rooms.join(ann, "blue");
        rooms.join(bob, "red");
        rooms.remove(ann);
        rooms.remove(ann);
        assertThat(meant(to("red", "blue", "ann"))).containsExactly("bob");
        assertThat(meant(Target.ALL)).containsExactlyInAnyOrder("bob", "cid");
    }

    @Test
    void theRoomsMayChangeWhileTheyAreWalkedThrough() {
        rooms.join(ann, "red");
        rooms.join(bob, "red");
        rooms.forEach(Target.ALL, rooms::remove);
        assertThat(meant(Target.ALL)).isEmpty();
        assertThat(meant(to("red"))).isEmpty();
    }

    @Test
    void whoEndsInVeryManyRoomsIsGoneAtOnceAndLeavesThemInSteps() {
        rooms.join(bob, "1");
        for (int i = 0; i < 2_500; i++) {
            rooms.join(ann, String.valueOf(i));
        }
        var after = new ArrayList<String>();
        rooms.removeInSteps(ann, () -> after.addAll(events.rooms()));
        assertThat(events.size()).isBetween(1_500, 1_504);
        assertThat(after).isEmpty();
        assertThat(meant(Target.ALL)).containsExactlyInAnyOrder("bob", "cid");
        assertThat(meant(to("1", "2499", "ann"))).containsExactly("bob");
        int turns = 0;
        for (var next = later.poll(); next != null; next = later.poll()) {
            next.run();
            turns++;
        }
        assertThat(turns).isEqualTo(2);
        assertThat(events.rooms()).containsExactlyInAnyOrder("bob", "cid", "1");
        assertThat(after).containsExactlyInAnyOrder("bob", "cid", "1");
        rooms.remove(bob);
        rooms.remove(cid);
        assertThat(rooms.isEmpty()).isTrue();
    }

    @Test
    void whereOnlyThoseAreThatAreAboutToLeaveNobodyIs() {
        for (int i = 0; i < 2_500; i++) {
            rooms.join(ann, String.valueOf(i));
        }
        rooms.remove(bob);
        rooms.remove(cid);
        rooms.removeInSteps(ann, () -> {});
        assertThat(rooms.isEmpty()).isTrue();
        assertThat(later).hasSize(1);
    }

    @Test
    void whoFailsDoesNotKeepTheOthersFromTheirTurn() {
        var ids = new ArrayList<String>();
        rooms.join(ann, "red");
        rooms.join(bob, "red");
        rooms.join(cid, "red");
        rooms.forEach(to("red"), socket -> {
            ids.add(socket.id());
            if (socket == ann) {
                throw new IllegalStateException("no memory");
            }
        });
        assertThat(ids).containsExactly("ann", "bob", "cid");
    }

    private static Target to(String... names) {
        return Target.ALL.to(List.of(names));
    }

    private List<String> meant(Target target) {
        var ids = new ArrayList<String>();
        rooms.forEach(target, socket -> ids.add(socket.id()));
        return ids;
    }
}
