package io.sockeye.server.internal.handlers;

import io.sockeye.protocol.SocketPacket;

/** The rule for the names of a user's events. */
public final class EventNames {
    private EventNames() {}

    /** @throws IllegalArgumentException if the name is reserved */
    public static void check(String event) {
        if (SocketPacket.Event.isReserved(event)) {
            throw new IllegalArgumentException("'" + event + "' is a reserved event name");
        }
    }
}
