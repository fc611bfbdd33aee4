package io.sockeye.engine;

import io.sockeye.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes polling payloads of revision 3; see {@link Framing3} for the formats. */
final class Payload3Writer {
    /** The most bytes that precede a frame: its length and delimiters. */
    static final int HEAD = 12;

    private Payload3Writer() {}

    static Framing.Payload text(List<Framing.Frame> frames) {
        return join(
                frames,
                frame -> (frame.head().length() + utf16Units(frame.data()) + ":").getBytes(StandardCharsets.US_ASCII),
                false);
    }

    static Framing.Payload bytes(List<Framing.Frame> frames) {
        return join(frames, Payload3Writer::binaryHead, true);
    }

    private static byte[] binaryHead(Framing.Frame frame) {
        var digits = Integer.toString(frame.head().length() + frame.data().length());
        var head = new byte[digits.length() + 2];
        head[0] = (byte) (frame.binary() ? 1 : 0);
        for (int i = 0; i < digits.length(); i++) {
            head[i + 1] = (byte) (digits.charAt(i) - '0');
        }
        head[head.length - 1] = (byte) 0xff;
        return head;
    }

    private static Framing.Payload join(
            List<Framing.Frame> frames, Function<Framing.Frame, byte[]> head, boolean binary) {
        var parts = new ArrayList<Bytes>(frames.size() * 3);
        long own = 0;
        for (var frame : frames) {
            parts.add(Bytes.wrap(head.apply(frame)));
            parts.add(frame.head());
            parts.add(frame.data());
            own += HEAD;
        }
        boolean isShort = Bytes.length(parts) <= Framing.Payload.SHORT;
        return isShort ? Framing.Payload.of(Bytes.join(parts), binary) : new Framing.Payload(parts, binary, own);
    }

    /** The text's length in UTF-16 units: characters beyond the basic plane count twice. */
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
