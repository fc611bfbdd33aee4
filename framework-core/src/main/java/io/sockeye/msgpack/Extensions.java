package io.sockeye.msgpack;

import io.sockeye.json.JsonSink;
import io.sockeye.protocol.ProtocolException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * The extensions that JavaScript's clients write: {@code undefined}, dates and array buffers, as notepack.io 2 (types
 * 0) and 3 (the timestamp of MessagePack's specification) do.
 */
final class Extensions {
    private static final int OF_NOTEPACK = 0;

    /** With milliseconds, as {@code Date.prototype.toJSON} of JavaScript writes them. */
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** The farthest moment of a JavaScript date (ECMA-262, "Time Values and Time Range"). */
    private static final long MAX_MILLIS = 8_640_000_000_000_000L;

    private final MessageUnpacker in;
    private final MsgpackReader reader;

    Extensions(MessageUnpacker in, MsgpackReader reader) {
        this.in = in;
        this.reader = reader;
    }

    /** Skips the next value, an extension of one byte, which must be {@code undefined}. */
    void undefined() throws IOException {
        var header = in.unpackExtensionTypeHeader();
        if (header.getType() != OF_NOTEPACK) {
            throw new ProtocolException("extension of type " + header.getType());
        }
        reader.take(header.getLength());
    }

    /** Passes the next value, an extension of this format, to the sink. */
    void value(MessageFormat format, JsonSink sink) throws IOException {
        var header = in.unpackExtensionTypeHeader();
        int type = header.getType();
        int length = header.getLength();
        if (type == MessagePack.Code.EXT_TIMESTAMP) {
            timestamp(header, sink);
        } else if (type == OF_NOTEPACK && format == MessageFormat.FIXEXT1) {
            reader.take(length);
            sink.nothing();
        } else if (type == OF_NOTEPACK && format == MessageFormat.FIXEXT8) {
            date(reader.take(length).asByteBuffer().getLong(), sink);
        } else if (type == OF_NOTEPACK && isBuffer(format)) {
            sink.binary(reader.binary(length));
        } else {
            sink.beginArray(2);
            sink.number(Integer.toString(type));
            sink.binary(reader.binary(length));
            sink.end();
        }
    }

    private static boolean isBuffer(MessageFormat format) {
        return format == MessageFormat.EXT8 || format == MessageFormat.EXT16 || format == MessageFormat.EXT32;
    }

    private static void date(long epochMillis, JsonSink sink) {
        date(Instant.ofEpochMilli(epochMillis), sink);
    }

    private void timestamp(ExtensionTypeHeader header, JsonSink sink) throws IOException {
        try {
            date(in.unpackTimestamp(header), sink);
        } catch (DateTimeException | ArithmeticException e) {
            throw new ProtocolException("timestamp: " + e.getMessage());
        }
    }

    /** As text; null when JavaScript has no such date. */
    private static void date(Instant date, JsonSink sink) {
        if (date.isBefore(Instant.ofEpochMilli(-MAX_MILLIS)) || date.isAfter(Instant.ofEpochMilli(MAX_MILLIS))) {
            sink.nothing();
            return;
        }
        boolean fine = !date.equals(date.truncatedTo(ChronoUnit.MILLIS));
        sink.string(fine ? date.toString() : MILLIS.format(date));
    }
}
