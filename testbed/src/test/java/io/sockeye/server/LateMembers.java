package io.sockeye.server;

import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.socket.LocalSocket;

/** A fault that can be planted in a server: sockets that join rooms when they have left all others. */
public final class LateMembers {
    private LateMembers() {}

    /** The rooms of such sockets stay in the registry for ever. */
    public static void leak(Namespace namespace) {
        namespace.onDisconnect((socket, reason) -> {
            var late = (LocalSocket) socket;
            var rooms = late.connection().rooms();
            rooms.loop().post(() -> ((LocalNamespace) namespace).rooms(rooms).join(late, "room of " + socket.id()));
        });
    }
}
