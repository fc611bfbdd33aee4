package io.sockeye.json.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** JSON's spelling of strings. */
public final class Strings {
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long SIGNS = 0x8080808080808080L;

    private Strings() {}

    /** The index of the first byte that is a quote, a backslash, a control character or not ASCII; or {@code to}. */
    public static int plainUntil(byte[] utf8, int from, int to) {
        int i = from;
        while (to - i >= Long.BYTES && plain((long) LONGS.get(utf8, i))) {
            i += Long.BYTES;
        }
        while (i < to && utf8[i] >= ' ' && utf8[i] != '"' && utf8[i] != '\\') {
            i++;
        }
        return i;
    }

    /** The same for eight bytes at once; {@code (x - y) & ~x} has a byte's sign bit where x is less than y. */
    private static boolean plain(long eight) {
        long control = (eight - ' ' * ONES) & ~eight;
        long quote = eight ^ ('"' * ONES);
        long backslash = eight ^ ('\\' * ONES);
        long special = control | ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | eight;
        return (special & SIGNS) == 0;
    }

    /** Decodes a valid JSON string, which is given with its quotes. */
    public static String decode(String quoted) {
        int escape = quoted.indexOf('\\');
        if (escape < 0) {
            return quoted.substring(1, quoted.length() - 1);
        }
        var text = new StringBuilder(quoted.length()).append(quoted, 1, escape);
        int i = escape;
        while (i < quoted.length() - 1) {
            char c = quoted.charAt(i++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = quoted.charAt(i++);
            if (escaped == 'u') {
                text.append((char) Integer.parseInt(quoted, i, i + 4, 16));
                i += 4;
            } else {
                text.append(MEANT.charAt(ESCAPED.indexOf(escaped)));
            }
        }
        return text.toString();
    }

    /** Whether a char of the text is half of a surrogate pair without its other half. */
    public static boolean hasLoneSurrogate(String text) {
        int i = 0;
        while (i < text.length()) {
            boolean surrogate = Character.isSurrogate(text.charAt(i));
            if (surrogate && !pairAt(text, i)) {
                return true;
            }
            i += surrogate ? 2 : 1;
        }
        return false;
    }

    static boolean pairAt(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }
}
