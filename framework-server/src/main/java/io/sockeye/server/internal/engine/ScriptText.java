package io.sockeye.server.internal.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sockeye.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A script with a text in it as a string: one of JSON that is one of JavaScript too, and in which no markup starts. It may be six
 * times as long as the text, so nothing but the script itself is made, and its length is known before.
 */
final class ScriptText {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(US_ASCII);
    private static final int BACKSLASH = 2;
    private static final int UNICODE = 6;
    /** U+2028 and U+2029 end a line of JavaScript: E2 80 A8 and E2 80 A9. */
    private static final int SEPARATOR_BYTES = 3;

    private final Bytes text;

    private ScriptText(Bytes text) {
        this.text = text;
    }

    static Bytes of(String head, Bytes text, String end) {
        var script = new ScriptText(text);
        var bytes = new byte[head.length() + script.write(null, 0) + end.length()];
        System.arraycopy(head.getBytes(US_ASCII), 0, bytes, 0, head.length());
        int at = script.write(bytes, head.length());
        System.arraycopy(end.getBytes(US_ASCII), 0, bytes, at, end.length());
        return Bytes.wrap(bytes);
    }

    /**
     * Writes the text from there on.
     *
     * @param target null to count only
     * @return where it ends
     */
    private int write(byte @Nullable [] target, int from) {
        int at = from;
        for (int i = 0; i < text.length(); i++) {
            boolean separator = isSeparator(i);
            int width = separator ? UNICODE : widthOf(text.at(i));
            if (target != null) {
                put(target, at, width, separator ? 0x2000 | (text.at(i + 2) & 0x3f) : text.at(i));
            }
            at += width;
            i += separator ? SEPARATOR_BYTES - 1 : 0;
        }
        return at;
    }

    private boolean isSeparator(int i) {
        return text.at(i) == (byte) 0xe2
                && i + 2 < text.length()
                && text.at(i + 1) == (byte) 0x80
                && (text.at(i + 2) & 0xfe) == 0xa8;
    }

    private static int widthOf(byte each) {
        if (each == '"' || each == '\\') {
            return BACKSLASH;
        }
        return (each >= 0 && each < 0x20) || each == '<' ? UNICODE : 1;
    }

    private static void put(byte[] target, int at, int width, int character) {
        if (width == 1) {
            target[at] = (byte) character;
            return;
        }
        target[at] = '\\';
        if (width == BACKSLASH) {
            target[at + 1] = (byte) character;
            return;
        }
        target[at + 1] = 'u';
        for (int digit = 0; digit < 4; digit++) {
            target[at + 2 + digit] = DIGITS[(character >> (12 - 4 * digit)) & 0xf];
        }
    }
}
