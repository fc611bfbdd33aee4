package io.sockeye.msgpack;

import org.jspecify.annotations.Nullable;

/** The packet types, in the order of their numbers on the wire: there are none for packets with binary values. */
enum PacketType {
    CONNECT,
    DISCONNECT,
    EVENT,
    ACK,
    CONNECT_ERROR;

    private static final PacketType[] BY_NUMBER = values();

    static @Nullable PacketType of(long number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[(int) number] : null;
    }
}
