package io.sockeye.engine;

import io.sockeye.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes polling payloads of revision 3; see {@link Framing3} for the formats. */
final class Payload3Writer {
    private static final int HEAD = 12;

    private Payload3Writer() {}

    static Bytes text(List<Framing.Frame> frames) {
        var out = sized(frames);
        for (var frame : frames) {
            out.writeBytes(
                    (frame.head().length() + utf16Units(frame.data()) + ":").getBytes(StandardCharsets.US_ASCII));
            write(frame, out);
        }
        return Bytes.wrap(out.toByteArray());
    }

    static Bytes bytes(List<Framing.Frame> frames) {
        var out = sized(frames);
        for (var frame : frames) {
            out.write(frame.binary() ? 1 : 0);
            Integer.toString(frame.head().length() + frame.data().length())
                    .chars()
                    .forEach(digit -> out.write(digit - '0'));
            out.write(0xff);
            write(frame, out);
        }
        return Bytes.wrap(out.toByteArray());
    }

    private static ByteArrayOutputStream sized(List<Framing.Frame> frames) {
        int size = 0;
        for (var frame : frames) {
            size += HEAD + frame.head().length() + frame.data().length();
        }
        return new ByteArrayOutputStream(size);
    }

    private static void write(Framing.Frame frame, ByteArrayOutputStream out) {
        frame.head().writeTo(out::write);
        frame.data().writeTo(out::write);
    }

    /** The length that the text has in JavaScript: each character one, beyond the basic plane two. */
    private static int utf16Units(Bytes utf8) {
        return utf8.read((array, offset, length) -> {
            int units = 0;
            for (int i = offset; i < offset + length; i++) {
                int lead = array[i] & 0xff;
                units += lead >= 0xf0 ? 2 : (lead & 0xc0) == 0x80 ? 0 : 1;
            }
            return units;
        });
    }
}
