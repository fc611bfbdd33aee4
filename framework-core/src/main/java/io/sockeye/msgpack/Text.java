package io.sockeye.msgpack;

import io.sockeye.bytes.Bytes;
import io.sockeye.bytes.Utf8;
import io.sockeye.protocol.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text in UTF-8, in which halves of surrogate pairs have the three bytes that their code points would have: UTF-8 itself has no
 * form for them, but JavaScript's strings may hold them, and its MessagePack parser in browsers reads them in this
 * form.
 */
final class Text {
    private static final int HALF_LENGTH = 3;

    private Text() {}

    static byte[] encode(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (text.codePoints().noneMatch(Text::isHalf)) {
            return utf8;
        }
        var out = new ByteArrayOutputStream(utf8.length + HALF_LENGTH);
        text.codePoints().forEach(point -> {
            if (isHalf(point)) {
                out.write(0xE0 | point >> 12);
                out.write(0x80 | (point >> 6 & 0x3F));
                out.write(0x80 | (point & 0x3F));
            } else {
                out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        return out.toByteArray();
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    /** @throws ProtocolException if the bytes are no text */
    static String decode(Bytes text) {
        return text.isUtf8()
                ? text.utf8()
                : text.read((array, offset, length) -> {
                    var decoded = new StringBuilder(length);
                    int start = offset;
                    int end = offset + length;
                    int at = offset;
                    while (at < end) {
                        int next = Utf8.next(array, at, end);
                        if (next < 0) {
                            decoded.append(new String(array, start, at - start, StandardCharsets.UTF_8));
                            decoded.append(half(array, at, end));
                            next = at + HALF_LENGTH;
                            start = next;
                        }
                        at = next;
                    }
                    return decoded.append(new String(array, start, end - start, StandardCharsets.UTF_8))
                            .toString();
                });
    }

    private static char half(byte[] array, int at, int end) {
        boolean fits = end - at >= HALF_LENGTH
                && (array[at] & 0xFF) == 0xED
                && (array[at + 1] & 0xE0) == 0xA0
                && (array[at + 2] & 0xC0) == 0x80;
        if (!fits) {
            throw new ProtocolException("text that is no UTF-8: byte 0x%02x".formatted(array[at]));
        }
        return (char) (0xD000 | (array[at + 1] & 0x3F) << 6 | (array[at + 2] & 0x3F));
    }
}
