package io.sockeye.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Well-formedness of UTF-8 (Unicode 15, table 3-7): no overlong forms, no surrogates, nothing beyond U+10FFFF. */
public final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NON_ASCII = 0x8080808080808080L;

    private Utf8() {}

    static boolean wellFormed(byte[] array, int from, int to) {
        int i = from;
        while (i < to) {
            if (to - i >= Long.BYTES && ((long) LONGS.get(array, i) & NON_ASCII) == 0) {
                i += Long.BYTES;
                continue;
            }
            i = next(array, i, to);
            if (i < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Checks a part of a text, which may end amid a character.
     *
     * @return where the incomplete character at the end begins, {@code to} if there is none; -1 if the bytes are
     *     malformed
     */
    public static int completeUntil(byte[] array, int from, int to) {
        int i = from;
        while (i < to) {
            int next = next(array, i, to);
            if (next < 0) {
                return mayBeCompleted(array, i, to) ? i : -1;
            }
            i = next;
        }
        return i;
    }

    /** Whether the bytes from {@code i} on are the beginning of a well-formed character. */
    private static boolean mayBeCompleted(byte[] array, int i, int to) {
        int lead = array[i] & 0xFF;
        int left = to - i;
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead < 0xC2 || lead > 0xF4 || left >= length) {
            return false;
        }
        return (left < 2 || secondFits(lead, array[i + 1] & 0xFF)) && (left < 3 || (array[i + 2] & 0xC0) == 0x80);
    }

    /** The index after the character that starts at {@code i}, or -1 when no well-formed one ends before {@code to}. */
    public static int next(byte[] array, int i, int to) {
        int lead = array[i] & 0xFF;
        if (lead < 0x80) {
            return i + 1;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead < 0xC2 || lead > 0xF4 || length > to - i || !secondFits(lead, array[i + 1] & 0xFF)) {
            return -1;
        }
        for (int k = i + 2; k < i + length; k++) {
            if ((array[k] & 0xC0) != 0x80) {
                return -1;
            }
        }
        return i + length;
    }

    private static boolean secondFits(int lead, int second) {
        return switch (lead) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> second >= 0x80 && second <= 0xBF;
        };
    }
}
