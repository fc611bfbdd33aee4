package io.sockeye.server.internal.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.HandServer;
import io.sockeye.server.RoomListener;
import io.sockeye.server.SocketServer;
import io.sockeye.server.Sockets;
import io.sockeye.server.internal.connection.ServerCore;
import io.sockeye.server.internal.server.ServerBuilder;
import io.sockeye.server.internal.socket.LocalSocket;
import io.sockeye.server.internal.threads.HandlerExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class RoomEventsTest {
    private final List<String> told = new ArrayList<>();
    private final RoomEvents events = new RoomEvents(Sockets.CONTEXT);
    private final Rooms rooms = new Rooms(events, new HashMap<>(), Runnable::run);
    private final LocalSocket ann = Sockets.unconnected("ann");
    private final LocalSocket bob = Sockets.unconnected("bob");

    @Test
    void tellsOfARoomFromItsFirstMemberToItsLast() {
        listen((room, id) -> {});
        events.joined("red", "ann");
        events.joined("red", "bob");
        events.left("red", "ann");
        events.left("red", "bob");
        events.joined("red", "ann");
        assertThat(told)
                .containsExactly(
                        "create red",
                        "join red ann",
                        "join red bob",
                        "leave red ann",
                        "leave red bob",
                        "delete red",
                        "create red",
                        "join red ann");
    }

    @Test
    void countsTheMembersOfAllShardsTogether() {
        listen((room, id) -> {});
        var otherShard = new Rooms(events, new HashMap<>(), Runnable::run);
        rooms.add(ann);
        otherShard.add(bob);
        told.clear();
        rooms.join(ann, "red");
        otherShard.join(bob, "red");
        rooms.leave(ann, "red");
        otherShard.leave(bob, "red");
        assertThat(told)
                .containsExactly(
                        "create red", "join red ann", "join red bob", "leave red ann", "leave red bob", "delete red");
    }

    @Test
    void aSocketIsInTheRoomOfItsOwnIdFromTheBeginningToTheEnd() {
        listen((room, id) -> {});
        rooms.add(ann);
        rooms.join(ann, "ann");
        rooms.leave(ann, "ann");
        rooms.remove(ann);
        assertThat(told).containsExactly("create ann", "join ann ann", "leave ann ann", "delete ann");
    }

    @Test
    void whoIsGoneHasLeftAllItsRooms() {
        listen((room, id) -> {});
        rooms.add(ann);
        rooms.add(bob);
        rooms.join(ann, "red");
        rooms.join(ann, "blue");
        rooms.join(bob, "blue");
        told.clear();
        rooms.remove(ann);
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "leave ann ann", "delete ann", "leave red ann", "delete red", "leave blue ann");
    }

    @Test
    void aListenerMayChangeTheRoomsOnTheSpot() {
        // Both names have the same hash code.
        listen((room, id) -> {
            if (room.equals("Aa")) {
                events.joined("BB", id);
            }
        });
        events.joined("Aa", "ann");
        assertThat(told).containsExactly("create Aa", "join Aa ann", "create BB", "join BB ann");
    }

    /** Each waits with 128 bytes and the name of its room; an outbox of 1,000 bytes has room for 7. */
    @Test
    void whatWaitsForASlowListenerHasALimit() {
        var faults = new ArrayList<String>();
        var server = new HandServer(
                1,
                builder -> builder.outboxBytes(1_000)
                        .onError((error, where) -> faults.add(where + ": " + error.getMessage())));
        var slow = new RoomEvents(server.core.context());
        listen(slow, (room, id) -> {});
        for (int i = 0; i < 1_000; i++) {
            slow.left("red", "ann");
            slow.joined("red", "ann");
        }
        assertThat(server.handlers).hasSize(1);
        server.runHandlers();
        assertThat(told)
                .containsExactly(
                        "create red",
                        "join red ann",
                        "leave red ann",
                        "delete red",
                        "create red",
                        "join red ann",
                        "leave red ann");
        assertThat(faults).containsExactly("room listener: room listeners are not told of all: too much waits");
        told.clear();
        slow.joined("blue", "bob");
        server.runHandlers();
        assertThat(told).containsExactly("create blue", "join blue bob");
    }

    /** On an executor that runs all on the spot; the name alone is longer than what may wait. */
    @Test
    void theErrorHandlerDoesNotHoldUpTheRooms() {
        var seen = new ArrayList<String>();
        var made = new ArrayList<RoomEvents>();
        var builder = (ServerBuilder) SocketServer.builder()
                .outboxBytes(1_000)
                .onError((error, where) -> seen.add(elsewhere(() -> made.get(0).size())));
        var core = new ServerCore(builder.settings, HandlerExecutor.of(Runnable::run, null));
        var small = new RoomEvents(core.context());
        made.add(small);
        listen(small, (room, id) -> {});
        small.joined("r".repeat(1_000), "ann");
        assertThat(seen).containsExactly("1 room");
    }

    /** How many rooms another thread sees, if it is not kept waiting. */
    private static String elsewhere(IntSupplier rooms) {
        try {
            return CompletableFuture.supplyAsync(() -> rooms.getAsInt() + " room")
                    .get(5, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            return e.toString();
        }
    }

    @Test
    void knowsTheRoomsThatExist() {
        rooms.add(ann);
        rooms.join(ann, "red");
        assertThat(events.rooms()).containsExactlyInAnyOrder("ann", "red");
        assertThat(events.has("red")).isTrue();
        rooms.remove(ann);
        assertThat(events.rooms()).isEmpty();
        assertThat(events.has("red")).isFalse();
    }

    private void listen(BiConsumer<String, String> whenJoined) {
        listen(events, whenJoined);
    }

    private void listen(RoomEvents source, BiConsumer<String, String> whenJoined) {
        source.add(new RoomListener() {
            @Override
            public void created(String room) {
                told.add("create " + room);
            }

            @Override
            public void joined(String room, String socketId) {
                told.add("join " + room + " " + socketId);
                whenJoined.accept(room, socketId);
            }

            @Override
            public void left(String room, String socketId) {
                told.add("leave " + room + " " + socketId);
            }

            @Override
            public void deleted(String room) {
                told.add("delete " + room);
            }
        });
    }
}
