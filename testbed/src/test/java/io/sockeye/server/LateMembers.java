package io.sockeye.server;

/** A fault that can be planted in a server: sockets that join rooms when they have left all others. */
public final class LateMembers {
    private LateMembers() {}

    /** The rooms of such sockets stay in the registry for ever. */
    public static void leak(Namespace namespace) {
        namespace.onDisconnect((socket, reason) -> {
            var shard = socket.connection().shard();
            shard.post(() -> shard.rooms(namespace).join(socket, "room of " + socket.id()));
        });
    }
}
