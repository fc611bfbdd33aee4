package io.sockeye.server;

import io.sockeye.socket.SocketPacket;

/** The rule for the names of a user's events. */
final class EventNames {
    private EventNames() {}

    /** @throws IllegalArgumentException if the name is reserved */
    static void check(String event) {
        if (SocketPacket.Event.isReserved(event)) {
            throw new IllegalArgumentException("'" + event + "' is a reserved event name");
        }
    }
}
