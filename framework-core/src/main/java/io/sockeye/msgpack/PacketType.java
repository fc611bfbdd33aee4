package io.sockeye.msgpack;

import org.jspecify.annotations.Nullable;

/** The packet types with their numbers on the wire: there are none for packets with binary values. */
enum PacketType {
    CONNECT(0),
    DISCONNECT(1),
    EVENT(2),
    ACK(3),
    CONNECT_ERROR(4);

    private static final PacketType[] BY_NUMBER = values();

    private final int number;

    PacketType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static @Nullable PacketType of(long number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[(int) number] : null;
    }
}
