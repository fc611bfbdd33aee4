package io.sockeye.test;

import io.sockeye.server.RoomListener;
import io.sockeye.server.adapter.LocalSockets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** What the server in memory has done, but for what clients were sent. Any thread. */
final class Recorder {
    private final List<SentBroadcast> broadcasts = new CopyOnWriteArrayList<>();
    private final List<RoomChange> changes = new CopyOnWriteArrayList<>();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    void broadcast(SentBroadcast sent) {
        broadcasts.add(sent);
    }

    List<SentBroadcast> broadcasts() {
        return List.copyOf(broadcasts);
    }

    void error(Throwable error) {
        errors.add(error);
    }

    List<Throwable> errors() {
        return List.copyOf(errors);
    }

    /** Ends a message of what did not happen: why that may be. */
    String describeErrors() {
        return errors.isEmpty()
                ? ""
                : errors.stream()
                        .map(Throwable::toString)
                        .collect(Collectors.joining(", ", "; handlers have thrown ", ""));
    }

    void watchRooms(LocalSockets sockets) {
        sockets.onRooms(new RoomListener() {
            @Override
            public void joined(String room, String socketId) {
                changes.add(new RoomChange(socketId, room, true));
            }

            @Override
            public void left(String room, String socketId) {
                changes.add(new RoomChange(socketId, room, false));
            }
        });
    }

    /** @param joined whether those that were joined are wanted, or those that were left */
    List<String> rooms(String socketId, boolean joined) {
        return changes.stream()
                .filter(it -> it.socketId().equals(socketId) && it.joined() == joined)
                .map(RoomChange::room)
                .filter(room -> !room.equals(socketId))
                .toList();
    }

    private record RoomChange(String socketId, String room, boolean joined) {}
}
