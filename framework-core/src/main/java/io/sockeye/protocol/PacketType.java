package io.sockeye.protocol;

import org.jspecify.annotations.Nullable;

/** The packet types on the wire with the digit that stands for them. */
enum PacketType {
    CONNECT('0'),
    DISCONNECT('1'),
    EVENT('2'),
    ACK('3'),
    CONNECT_ERROR('4'),
    BINARY_EVENT('5'),
    BINARY_ACK('6');

    private static final PacketType[] BY_DIGIT = values();

    private final char digit;

    PacketType(char digit) {
        this.digit = digit;
    }

    static @Nullable PacketType of(byte digit) {
        int index = digit - '0';
        return index >= 0 && index < BY_DIGIT.length ? BY_DIGIT[index] : null;
    }

    char digit() {
        return digit;
    }

    boolean binary() {
        return this == BINARY_EVENT || this == BINARY_ACK;
    }
}
