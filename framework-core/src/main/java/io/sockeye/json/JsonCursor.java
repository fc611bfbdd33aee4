package io.sockeye.json;

import io.sockeye.bytes.Utf8;
import io.sockeye.json.text.Strings;
import java.util.Arrays;

/** A position in a JSON text in UTF-8, which moves over one token after the other and throws at a malformed one. */
final class JsonCursor {
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final byte[] in;
    private final int start;
    private final int end;

    /** Index into the array of the next byte. */
    private int at;

    JsonCursor(byte[] in, int offset, int length) {
        this.in = in;
        this.start = offset;
        this.end = offset + length;
        this.at = offset;
    }

    /** The bytes passed so far. */
    int offset() {
        return at - start;
    }

    /** Moves over one byte. */
    void skip() {
        at++;
    }

    /** Moves over a string, number or literal. */
    void scalar() {
        switch (peek()) {
            case '"' -> string();
            case 't' -> literal(TRUE);
            case 'f' -> literal(FALSE);
            case 'n' -> literal(NULL);
            default -> number();
        }
    }

    private void string() {
        at++;
        while (true) {
            at = Strings.plainUntil(in, at, end);
            if (at == end) {
                throw JsonException.malformed("string without end");
            }
            int b = in[at];
            if (b == '"') {
                at++;
                return;
            }
            if (b == '\\') {
                escape();
            } else {
                beyondAscii(b);
            }
        }
    }

    private void beyondAscii(int b) {
        int next = b < 0 ? Utf8.next(in, at, end) : -1;
        if (next < 0) {
            throw unexpected();
        }
        at = next;
    }

    private void escape() {
        at++;
        switch (peek()) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
            case 'u' -> {
                at++;
                for (int stop = at + 4; at < stop; at++) {
                    if (peek() < 0 || Character.digit(peek(), 16) < 0) {
                        throw unexpected();
                    }
                }
            }
            default -> throw unexpected();
        }
    }

    /** {@code -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?} */
    private void number() {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
    }

    private void digits() {
        if (!isDigit(peek())) {
            throw unexpected();
        }
        while (isDigit(peek())) {
            at++;
        }
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    private void literal(byte[] text) {
        if (!Arrays.equals(in, at, Math.min(end, at + text.length), text, 0, text.length)) {
            throw unexpected();
        }
        at += text.length;
    }

    void skipSpace() {
        while (at < end && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
            at++;
        }
    }

    void expectEnd() {
        skipSpace();
        if (at < end) {
            throw unexpected();
        }
    }

    /** The next byte, or -1 at the end; bytes beyond ASCII are negative, too, and no caller expects one. */
    int peek() {
        return at < end ? in[at] : -1;
    }

    JsonException unexpected() {
        return at < end
                ? JsonException.malformed("unexpected byte 0x%02x at %d".formatted(in[at], at - start))
                : JsonException.malformed("unexpected end at " + (end - start));
    }
}
