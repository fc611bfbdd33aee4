package io.sockeye.json.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.SerializableString;

/**
 * A member's name with half of a surrogate pair in it. UTF-8 has no form for that; JSON has an escape, which Jackson
 * does not write.
 */
public final class EscapedName implements SerializableString {
    private final String name;

    /** The escaped name without its quotes, in UTF-8. */
    private final byte[] quoted;

    public EscapedName(String name) {
        this.name = name;
        String withQuotes = JsonOutput.quoted(name);
        this.quoted = withQuotes.substring(1, withQuotes.length() - 1).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String getValue() {
        return name;
    }

    @Override
    public int charLength() {
        return name.length();
    }

    @Override
    public char[] asQuotedChars() {
        return new String(quoted, StandardCharsets.UTF_8).toCharArray();
    }

    @Override
    public byte[] asQuotedUTF8() {
        return quoted.clone();
    }

    @Override
    public byte[] asUnquotedUTF8() {
        return asQuotedUTF8();
    }

    @Override
    public int appendQuotedUTF8(byte[] target, int offset) {
        if (quoted.length > target.length - offset) {
            return -1;
        }
        System.arraycopy(quoted, 0, target, offset, quoted.length);
        return quoted.length;
    }

    @Override
    public int appendUnquotedUTF8(byte[] target, int offset) {
        return appendQuotedUTF8(target, offset);
    }

    @Override
    public int appendQuoted(char[] target, int offset) {
        char[] chars = asQuotedChars();
        if (chars.length > target.length - offset) {
            return -1;
        }
        System.arraycopy(chars, 0, target, offset, chars.length);
        return chars.length;
    }

    @Override
    public int appendUnquoted(char[] target, int offset) {
        return appendQuoted(target, offset);
    }

    @Override
    public int writeQuotedUTF8(OutputStream out) throws IOException {
        out.write(quoted);
        return quoted.length;
    }

    @Override
    public int writeUnquotedUTF8(OutputStream out) throws IOException {
        return writeQuotedUTF8(out);
    }

    @Override
    public int putQuotedUTF8(ByteBuffer target) {
        if (quoted.length > target.remaining()) {
            return -1;
        }
        target.put(quoted);
        return quoted.length;
    }

    @Override
    public int putUnquotedUTF8(ByteBuffer target) {
        return putQuotedUTF8(target);
    }
}
