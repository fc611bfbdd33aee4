package io.sockeye.json.text;

import io.sockeye.bytes.Bytes;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Reads the simplest values without a parser, exactly as the parser would. */
public final class Scalars {
    private static final int SAFE_DIGITS = 9;

    private Scalars() {}

    /** The value, or null if a parser is needed. */
    public static @Nullable Object read(Bytes raw, Type type) {
        if (type == String.class) {
            return raw.at(0) == '"' ? Strings.decode(raw.utf8()) : null;
        }
        if (type == boolean.class || type == Boolean.class) {
            return raw.at(0) == 't' ? Boolean.TRUE : raw.at(0) == 'f' ? Boolean.FALSE : null;
        }
        if (type == int.class || type == Integer.class) {
            return integer(raw);
        }
        if (type == long.class || type == Long.class) {
            Integer number = integer(raw);
            return number == null ? null : number.longValue();
        }
        if (type == double.class || type == Double.class) {
            Integer number = integer(raw);
            return number == null ? null : number.doubleValue();
        }
        return null;
    }

    /** The whole number of at most nine digits, or null for any other text and for -0, which is not the int 0. */
    public static @Nullable Integer integer(Bytes raw) {
        int sign = raw.at(0) == '-' ? 1 : 0;
        if (raw.length() > SAFE_DIGITS + sign) {
            return null;
        }
        int number = 0;
        for (int i = sign; i < raw.length(); i++) {
            int digit = raw.at(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            number = 10 * number + digit;
        }
        if (sign == 0) {
            return number;
        }
        return number == 0 ? null : -number;
    }
}
