package io.sockeye.protocol;

import io.sockeye.bytes.Bytes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO packet.
 *
 * @param data what follows the type digit: UTF-8 text, or raw bytes when {@code binary}
 * @param binary whether the packet travels as a binary frame; only messages may
 * @param compress whether a transport that compresses should compress it; has no meaning for received packets
 */
public record EnginePacket(Type type, Bytes data, boolean binary, boolean compress) {
    public static final EnginePacket PING = text(Type.PING, Bytes.EMPTY);
    public static final EnginePacket PONG = text(Type.PONG, Bytes.EMPTY);
    public static final EnginePacket CLOSE = text(Type.CLOSE, Bytes.EMPTY);
    public static final EnginePacket NOOP = text(Type.NOOP, Bytes.EMPTY);
    public static final EnginePacket UPGRADE = text(Type.UPGRADE, Bytes.EMPTY);

    private static final Bytes PROBE = Bytes.ofUtf8("probe");
    /** Approximate bytes of a small packet's objects, counted so that limits in bytes also bound tiny packets. */
    private static final int OBJECTS = 64;

    public EnginePacket {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(data, "data");
        if (binary && type != Type.MESSAGE) {
            throw new IllegalArgumentException("binary packet of type " + type);
        }
    }

    /** A packet that may be compressed. */
    public EnginePacket(Type type, Bytes data, boolean binary) {
        this(type, data, binary, true);
    }

    public static EnginePacket text(Type type, Bytes data) {
        return new EnginePacket(type, data, false);
    }

    /** A message of UTF-8 text. */
    public static EnginePacket message(Bytes utf8) {
        return new EnginePacket(Type.MESSAGE, utf8, false);
    }

    /** A message of raw bytes. */
    public static EnginePacket binaryMessage(Bytes data) {
        return new EnginePacket(Type.MESSAGE, data, true);
    }

    /** The ping or pong of a client that probes a transport before it upgrades. */
    public static EnginePacket probe(Type type) {
        return text(type, PROBE);
    }

    /** The same packet, which no transport compresses: for data that is compressed already, or must leave at once. */
    public EnginePacket uncompressed() {
        return compress ? new EnginePacket(type, data, binary, false) : this;
    }

    /** Approximate bytes that queued packets take in memory. */
    public static long heldBytes(List<EnginePacket> packets) {
        long bytes = 0;
        for (var packet : packets) {
            bytes += packet.data().length() + OBJECTS;
        }
        return bytes;
    }

    public boolean isProbe() {
        return data.equals(PROBE);
    }

    /** The packet types with the digit that stands for them on the wire. */
    @SuppressWarnings("ImmutableEnumChecker") // Bytes never change.
    public enum Type {
        OPEN('0'),
        CLOSE('1'),
        PING('2'),
        PONG('3'),
        MESSAGE('4'),
        UPGRADE('5'),
        NOOP('6');

        private static final Type[] BY_DIGIT = values();

        private final byte digit;
        private final Bytes text;

        Type(char digit) {
            this.digit = (byte) digit;
            this.text = Bytes.wrap(new byte[] {(byte) digit});
        }

        public byte digit() {
            return digit;
        }

        /** The digit as the beginning of a frame. */
        public Bytes text() {
            return text;
        }

        public static @Nullable Type of(byte digit) {
            int index = digit - '0';
            return index >= 0 && index < BY_DIGIT.length ? BY_DIGIT[index] : null;
        }
    }
}
