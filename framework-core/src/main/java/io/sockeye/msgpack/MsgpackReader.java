package io.sockeye.msgpack;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.JsonSink;
import io.sockeye.protocol.PacketRules;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.SocketLimits;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

/**
 * Reads the values of one message; used once. Without recursion, and without allocating by sizes that the peer
 * declares: text and binary values are slices of the message.
 */
final class MsgpackReader {
    private final Bytes message;
    private final SocketLimits limits;
    private final MessageUnpacker in;
    private final Extensions extensions;

    private int binaryValues;
    private long binaryBytes;

    MsgpackReader(Bytes message, SocketLimits limits) {
        this.message = message;
        this.limits = limits;
        this.in = message.read(MessagePack::newDefaultUnpacker);
        this.extensions = new Extensions(in, this);
    }

    /** The number of members of the next value, a map. */
    int mapSize() throws IOException {
        return in.unpackMapHeader();
    }

    /** The next value, a string. */
    Bytes string(String what) throws IOException {
        if (in.getNextFormat().getValueType() != ValueType.STRING) {
            throw new ProtocolException("%s: %s".formatted(what, in.getNextFormat()));
        }
        return take(in.unpackRawStringHeader());
    }

    /** The next value, a whole number, which JavaScript may have written as a float. */
    long wholeNumber(String what) throws IOException {
        var format = in.getNextFormat();
        return switch (format.getValueType()) {
            case INTEGER -> in.unpackLong();
            case FLOAT -> whole(in.unpackDouble(), what);
            default -> throw new ProtocolException("%s: %s".formatted(what, format));
        };
    }

    /** The next value, an id; see {@link PacketRules#TOO_GREAT_ACK_ID}. */
    long ackId() throws IOException {
        var format = in.getNextFormat();
        if (format == MessageFormat.UINT64) {
            var number = in.unpackBigInteger();
            return number.bitLength() < Long.SIZE ? number.longValue() : PacketRules.TOO_GREAT_ACK_ID;
        }
        if (format.getValueType() != ValueType.FLOAT) {
            return notNegative(wholeNumber("id"));
        }
        double number = in.unpackDouble();
        boolean tooGreat = number >= Long.MAX_VALUE && Double.isFinite(number);
        return tooGreat ? PacketRules.TOO_GREAT_ACK_ID : notNegative(whole(number, "id"));
    }

    private static long notNegative(long id) {
        if (id < 0) {
            throw new ProtocolException("ack id: " + id);
        }
        return id;
    }

    private static long whole(double value, String what) {
        if (!Numbers.isWhole(value)) {
            throw new ProtocolException("%s: %s".formatted(what, value));
        }
        return (long) value;
    }

    /** Skips the next value if that is JavaScript's undefined, which counts as a missing member. */
    boolean skipUndefined() throws IOException {
        if (in.getNextFormat() != MessageFormat.FIXEXT1) {
            return false;
        }
        extensions.undefined();
        return true;
    }

    void expectEnd() throws IOException {
        if (in.hasNext()) {
            throw new ProtocolException(
                    "%d bytes after the packet".formatted(message.length() - in.getTotalReadBytes()));
        }
    }

    /**
     * The next value, a member's name. JavaScript converts any value there to text; here, all but strings and integers
     * are refused, since no client sends them on purpose.
     */
    String key() throws IOException {
        var format = in.getNextFormat();
        return switch (format.getValueType()) {
            case STRING -> Text.decode(take(in.unpackRawStringHeader()));
            case INTEGER -> Numbers.text(in, format);
            default -> throw new ProtocolException("key of a map: " + format);
        };
    }

    /** Passes the next value to the sink. */
    void value(JsonSink sink) throws IOException {
        var open = new Open();
        do {
            if (open.inMap()) {
                sink.key(key());
            }
            open.oneLess();
            piece(sink, open);
            while (open.complete()) {
                sink.end();
                open.close();
            }
        } while (open.depth > 0);
    }

    /** A scalar, or the beginning of an array or map. */
    private void piece(JsonSink sink, Open open) throws IOException {
        var format = in.getNextFormat();
        switch (format.getValueType()) {
            case NIL -> {
                in.unpackNil();
                sink.nothing();
            }
            case BOOLEAN -> sink.bool(in.unpackBoolean());
            case INTEGER -> sink.number(Numbers.text(in, format));
            case FLOAT -> number(in.unpackDouble(), sink);
            case STRING -> sink.string(Text.decode(take(in.unpackRawStringHeader())));
            case BINARY -> sink.binary(binary(in.unpackBinaryHeader()));
            case ARRAY -> {
                int size = in.unpackArrayHeader();
                sink.beginArray(size);
                open.open(size, false);
            }
            case MAP -> {
                int size = in.unpackMapHeader();
                sink.beginObject(size);
                open.open(size, true);
            }
            case EXTENSION -> extensions.value(format, sink);
        }
    }

    private static void number(double value, JsonSink sink) {
        if (Double.isFinite(value)) {
            sink.number(Numbers.text(value));
        } else {
            sink.nothing();
        }
    }

    /** The next bytes as one more binary value of the packet. */
    Bytes binary(int length) throws IOException {
        binaryValues++;
        binaryBytes += length;
        if (binaryValues > limits.attachments() || binaryBytes > limits.attachmentBytes()) {
            throw new ProtocolException("binary values: %d of %d bytes, limits %d (maxAttachments) and %d"
                    .formatted(binaryValues, binaryBytes, limits.attachments(), limits.attachmentBytes()));
        }
        return take(length);
    }

    /** The next bytes of the message. */
    Bytes take(int length) throws IOException {
        int from = Math.toIntExact(in.getTotalReadBytes());
        if (length > message.length() - from) {
            throw new ProtocolException("%d bytes declared, %d left".formatted(length, message.length() - from));
        }
        in.readPayloadAsReference(length);
        return message.slice(from, from + length);
    }

    @Override
    public String toString() {
        return message.toString();
    }

    /** The arrays and maps that have begun, outermost first. */
    private static final class Open {
        private int depth;
        private int[] missing = new int[8];
        private final BitSet maps = new BitSet();

        private void open(int size, boolean map) {
            if (depth == missing.length) {
                missing = Arrays.copyOf(missing, 2 * depth);
            }
            missing[depth] = size;
            maps.set(depth, map);
            depth++;
        }

        private boolean inMap() {
            return depth > 0 && maps.get(depth - 1);
        }

        private void oneLess() {
            if (depth > 0) {
                missing[depth - 1]--;
            }
        }

        private boolean complete() {
            return depth > 0 && missing[depth - 1] == 0;
        }

        private void close() {
            depth--;
        }
    }
}
