package io.sockeye.testbed;

import io.sockeye.event.Args;
import io.sockeye.json.JsonValue;
import io.sockeye.server.Broadcast;
import io.sockeye.server.Namespace;
import io.sockeye.server.Socket;
import java.time.Duration;
import java.util.List;

/** Events about rooms and broadcasts. */
final class RoomEvents {
    private final Namespace namespace;

    RoomEvents(Namespace namespace) {
        this.namespace = namespace;
    }

    void add() {
        namespace.on("join", (socket, args) -> {
            socket.join(args.get(0, String.class));
            args.ack();
        });
        namespace.on("leave", (socket, args) -> {
            socket.leave(args.get(0, String.class));
            args.ack();
        });
        namespace.on(
                "rooms",
                (socket, args) -> args.ack(socket.rooms().stream()
                        .filter(room -> !room.equals(socket.id()))
                        .sorted()
                        .toList()));
        namespace.on(
                "members",
                (socket, args) -> namespace
                        .to(args.get(0, String.class))
                        .localSockets()
                        .thenAccept(sockets -> args.ack(
                                sockets.stream().map(Socket::id).sorted().toList())));
        namespace.on("to", (socket, args) -> emitTo(namespace.broadcast(), args));
        namespace.on("socket-to", (socket, args) -> emitTo(socket.broadcast(), args));
        namespace.on("broadcast", (socket, args) -> {
            socket.broadcast().emit(args.get(0, String.class), args.value(1));
            args.ack();
        });
        namespace.on("broadcast-ack", this::broadcastWithAck);
    }

    private static void emitTo(Broadcast everybody, Args args) {
        everybody
                .to(args.get(0, String[].class))
                .except(args.get(1, String[].class))
                .emit(args.get(2, String.class), args.value(3));
        args.ack();
    }

    private void broadcastWithAck(Socket socket, Args args) {
        namespace
                .to(args.get(0, String.class))
                .timeout(Duration.ofMillis(args.get(1, int.class)))
                .request("poll", args.value(2))
                .thenAccept(answers -> args.ack(new Poll(
                        !answers.complete(),
                        answers.values().stream().map(RoomEvents::firstOf).toList())));
    }

    private static JsonValue firstOf(Args answer) {
        return answer.value(0);
    }

    private record Poll(boolean timedOut, List<JsonValue> responses) {}
}
