package io.sockeye.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.bytes.Utf8;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/** Reads a polling payload of revision 3 packet by packet; see {@link Framing3} for the formats. Used once. */
final class Payload3Reader {
    /** More than any payload needs, and few enough for an int. */
    private static final int MAX_DIGITS = 9;

    private static final byte TEXT = 0;
    private static final byte BINARY = 1;
    private static final byte END_OF_LENGTH = (byte) 0xff;

    private final Bytes payload;
    private final int maxPackets;
    private int at;
    private int count;

    Payload3Reader(Bytes payload, int maxPackets) {
        this.payload = payload;
        this.maxPackets = maxPackets;
    }

    /** See {@link Framing.Packets#next}. */
    @Nullable
    EnginePacket nextInText() {
        if (atEnd()) {
            return null;
        }
        int units = length((byte) '0', (byte) ':');
        int start = at;
        at = payload.read((array, offset, length) -> skip(units, array, offset + start, offset + length) - offset);
        return Framing3.BINARY.decode(Bytes.wrap(payload.slice(start, at).toByteArray()), false);
    }

    /** See {@link Framing.Packets#next}. */
    @Nullable
    EnginePacket nextInBytes() {
        if (atEnd()) {
            return null;
        }
        byte kind = payload.at(at++);
        if (kind != TEXT && kind != BINARY) {
            throw new ProtocolException("frame kind 0x%02x".formatted(kind));
        }
        int length = length((byte) 0, END_OF_LENGTH);
        if (length > payload.length() - at) {
            throw new ProtocolException("packet length: %d, left %d".formatted(length, payload.length() - at));
        }
        int start = at;
        at += length;
        return Framing3.BINARY.decode(Bytes.wrap(payload.slice(start, at).toByteArray()), kind == BINARY);
    }

    private boolean atEnd() {
        if (at == payload.length() && count > 0) {
            return true;
        }
        if (payload.isEmpty()) {
            throw new ProtocolException("empty payload");
        }
        if (++count > maxPackets) {
            throw new ProtocolException("packets in a payload: more than " + maxPackets);
        }
        return false;
    }

    /** The length in front of a packet; {@code zero} is the byte that stands for the digit 0. */
    private int length(byte zero, byte end) {
        int number = 0;
        int start = at;
        for (; at < payload.length() && payload.at(at) != end; at++) {
            int digit = payload.at(at) - zero;
            if (digit < 0 || digit > 9 || at - start == MAX_DIGITS) {
                throw new ProtocolException("packet length: " + payload.slice(start));
            }
            number = 10 * number + digit;
        }
        if (at == start || at == payload.length()) {
            throw new ProtocolException("packet length: " + payload.slice(start));
        }
        at++;
        return number;
    }

    /** The index after so many UTF-16 units: characters beyond the basic plane, 4 bytes of UTF-8, count twice. */
    private static int skip(int units, byte[] array, int from, int to) {
        int i = from;
        for (int left = units; left > 0; ) {
            int next = i < to ? Utf8.next(array, i, to) : -1;
            left -= next - i == 4 ? 2 : 1;
            if (next < 0 || left < 0) {
                throw new ProtocolException("packet length: %d UTF-16 units in %d bytes".formatted(units, to - from));
            }
            i = next;
        }
        return i;
    }
}
