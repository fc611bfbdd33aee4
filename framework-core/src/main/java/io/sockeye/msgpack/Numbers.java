package io.sockeye.msgpack;

import java.io.IOException;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessageUnpacker;

/** Numbers as JSON. */
final class Numbers {
    private static final double TWO_TO_63 = 0x1p63;

    private Numbers() {}

    /** The next value, an integer of this format. */
    static String text(MessageUnpacker in, MessageFormat format) throws IOException {
        return format == MessageFormat.UINT64 ? in.unpackBigInteger().toString() : Long.toString(in.unpackLong());
    }

    /** A finite number; a whole one as JavaScript would write it, without a fraction. */
    static String text(double value) {
        return isWhole(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** Whether the number is an integer of 64 bits. */
    static boolean isWhole(double value) {
        return value == Math.rint(value) && value >= -TWO_TO_63 && value < TWO_TO_63;
    }
}
