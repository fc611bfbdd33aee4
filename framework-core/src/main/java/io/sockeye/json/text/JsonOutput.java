package io.sockeye.json.text;

import io.sockeye.bytes.Bytes;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON text that grows; writes the simplest values itself. */
public final class JsonOutput extends OutputStream {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] buffer = new byte[128];
    private int length;

    public static String quoted(String text) {
        var output = new JsonOutput();
        output.string(text);
        return output.toBytes().utf8();
    }

    public int length() {
        return length;
    }

    public Bytes toBytes() {
        return Bytes.wrap(Arrays.copyOf(buffer, length));
    }

    @Override
    public void write(int b) {
        reserve(1);
        buffer[length++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, buffer, length, count);
        length += count;
    }

    public void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            buffer[length++] = (byte) text.charAt(i);
        }
    }

    /** The text in quotes; lone surrogates as escapes, since UTF-8 has no form for them. */
    public void string(String text) {
        write('"');
        characters(text);
        write('"');
    }

    private void characters(String text) {
        int i = plainRun(text, 0);
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c < 0x80) {
                escape(c);
                i++;
            } else {
                i += beyondAscii(text, i);
            }
            i = plainRun(text, i);
        }
    }

    /** Writes the characters that need no escape and are one byte; returns the index of the first other one. */
    private int plainRun(String text, int from) {
        reserve(text.length() - from);
        byte[] target = buffer;
        int to = length;
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c >= 0x80 || c < ' ' || c == '"' || c == '\\') {
                break;
            }
            target[to++] = (byte) c;
            i++;
        }
        length = to;
        return i;
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> ascii("\\" + c);
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            default -> unicode(c);
        }
    }

    private void unicode(char c) {
        ascii("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            write(HEX[c >> shift & 0xF]);
        }
    }

    /** Writes the character at the index; returns how many chars it has. */
    private int beyondAscii(String text, int i) {
        char c = text.charAt(i);
        if (c < 0x800) {
            write(0xC0 | c >> 6);
            write(0x80 | (c & 0x3F));
            return 1;
        }
        if (!Character.isSurrogate(c)) {
            write(0xE0 | c >> 12);
            write(0x80 | (c >> 6 & 0x3F));
            write(0x80 | (c & 0x3F));
            return 1;
        }
        if (!Strings.pairAt(text, i)) {
            unicode(c);
            return 1;
        }
        int point = text.codePointAt(i);
        write(0xF0 | point >> 18);
        write(0x80 | (point >> 12 & 0x3F));
        write(0x80 | (point >> 6 & 0x3F));
        write(0x80 | (point & 0x3F));
        return 2;
    }

    /** At least doubles the buffer when it grows, so that the cost of all copies stays linear. */
    private void reserve(int count) {
        if (count > buffer.length - length) {
            int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * buffer.length);
            buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(length, count), doubled));
        }
    }
}
