package io.sockeye.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Immutable slice of a byte array, equal by content. */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private static final int PREVIEW = 40;

    /** Never written to; the slice is {@code [offset, offset + length)}. */
    private final byte[] array;

    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    public static Bytes copyOf(byte[] source) {
        return wrap(source.clone());
    }

    /** Copies the remaining bytes; the buffer's position does not change. */
    public static Bytes copyOf(ByteBuffer source) {
        byte[] copy = new byte[source.remaining()];
        source.get(source.position(), copy);
        return wrap(copy);
    }

    /** Wraps the array without a copy: the caller must not change it afterwards. */
    public static Bytes wrap(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
    }

    /** Wraps a part of the array without a copy: the caller must not change it afterwards. */
    public static Bytes wrap(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return length == 0 ? EMPTY : new Bytes(array, offset, length);
    }

    /** The text in UTF-8; a lone surrogate becomes a question mark. */
    public static Bytes ofUtf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The concatenation of the parts; a single part is returned as it is. */
    public static Bytes join(List<Bytes> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        byte[] joined = new byte[Math.toIntExact(length(parts))];
        int at = 0;
        for (var part : parts) {
            part.copyTo(joined, at);
            at += part.length;
        }
        return wrap(joined);
    }

    /** The sum of the parts' lengths. */
    public static long length(List<Bytes> parts) {
        long length = 0;
        for (var part : parts) {
            length += part.length;
        }
        return length;
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public byte at(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    /** The bytes from the index to the end; shares the array. */
    public Bytes slice(int from) {
        return slice(from, length);
    }

    /** The bytes from the first index up to, not including, the second; shares the array. */
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, length);
        return from == 0 && to == length ? this : wrap(array, offset + from, to - from);
    }

    /** Where the byte first occurs at or after the index, or -1. */
    public int indexOf(byte wanted, int from) {
        int end = offset + length;
        for (int i = offset + Objects.checkIndex(from, length + 1); i < end; i++) {
            if (array[i] == wanted) {
                return i - offset;
            }
        }
        return -1;
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** A read-only view that shares the array. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    /** The bytes as UTF-8; malformed sequences become U+FFFD. */
    public String utf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    /** Whether the bytes are well-formed UTF-8. */
    public boolean isUtf8() {
        return Utf8.wellFormed(array, offset, offset + length);
    }

    /** Hands the bytes to the sink in one call. */
    public void writeTo(Sink sink) {
        sink.write(array, offset, length);
    }

    /** The reader's result for the bytes, which are not copied. */
    public <T> T read(Reader<T> reader) {
        return reader.read(array, offset, length);
    }

    public void copyTo(byte[] target, int targetOffset) {
        System.arraycopy(array, offset, target, targetOffset, length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** The length and the first bytes, those outside printable ASCII in hexadecimal. */
    @Override
    public String toString() {
        var text = new StringBuilder().append(length).append(" bytes: ");
        for (int i = 0; i < Math.min(length, PREVIEW); i++) {
            byte b = array[offset + i];
            if (b >= ' ' && b <= '~') {
                text.append((char) b);
                continue;
            }
            text.append("\\x%02x".formatted(b));
        }
        return text.append(length > PREVIEW ? "…" : "").toString();
    }

    /** Takes bytes; must neither change nor keep the array. */
    @FunctionalInterface
    public interface Sink {
        void write(byte[] array, int offset, int length);
    }

    /** Computes a value from bytes; must not change the array. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(byte[] array, int offset, int length);
    }
}
