package io.sockeye.msgpack;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** Writes a JSON value in MessagePack, each piece in its shortest form; used once. */
final class MsgpackWriter implements JsonSink {
    /** Most packets are small, and each has a writer of its own. */
    private static final MessagePack.PackerConfig CONFIG = new MessagePack.PackerConfig().withBufferSize(512);

    /** The longest whole number that 64 bits may hold has 20 characters, with or without a sign. */
    private static final int INTEGER_LENGTH = 20;

    private static final int UNSIGNED_BITS = 64;

    private final MessageBufferPacker packer = CONFIG.newBufferPacker();

    Bytes toBytes() {
        return Bytes.wrap(packer.toByteArray());
    }

    @Override
    public void beginArray(int size) {
        write(() -> packer.packArrayHeader(size));
    }

    @Override
    public void beginObject(int size) {
        write(() -> packer.packMapHeader(size));
    }

    /** Writes nothing: in MessagePack the size precedes the elements. */
    @Override
    public void end() {}

    @Override
    public void key(String name) {
        string(name);
    }

    @Override
    public void string(String value) {
        byte[] utf8 = Text.encode(value);
        write(() -> packer.packRawStringHeader(utf8.length).writePayload(utf8));
    }

    /**
     * Writes whole numbers of up to 64 bits as integers, all others as doubles, to which fractions are rounded.
     *
     * @throws JsonException if another number would arrive: for a longer whole number that no double equals, or for one
     *     that is too great
     */
    @Override
    public void number(String text) {
        if (text.length() > INTEGER_LENGTH || !isWhole(text) || text.equals("-0")) {
            real(text);
            return;
        }
        var value = new BigInteger(text);
        if (value.bitLength() < Long.SIZE) {
            integer(value.longValue());
        } else if (value.signum() > 0 && value.bitLength() <= UNSIGNED_BITS) {
            write(() -> packer.packBigInteger(value));
        } else {
            real(text);
        }
    }

    private void real(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value) || (isWhole(text) && !means(value, new BigDecimal(text)))) {
            throw new JsonException("MessagePack has no such number: %.30s, %d characters; send it as a string"
                    .formatted(text, text.length()));
        }
        write(() -> packer.packDouble(value));
    }

    /**
     * Whether the double has the number's digits before the trailing zeros: JavaScript writes only those that tell it
     * from other doubles.
     */
    private static boolean means(double value, BigDecimal number) {
        var digits = new MathContext(number.stripTrailingZeros().precision());
        return new BigDecimal(value).round(digits).compareTo(number) == 0;
    }

    private static boolean isWhole(String text) {
        return text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    }

    void integer(long value) {
        write(() -> packer.packLong(value));
    }

    @Override
    public void bool(boolean value) {
        write(() -> packer.packBoolean(value));
    }

    @Override
    public void nothing() {
        write(packer::packNil);
    }

    @Override
    public void binary(Bytes value) {
        write(() -> packer.packBinaryHeader(value.length()));
        value.writeTo((array, offset, length) -> write(() -> packer.writePayload(array, offset, length)));
    }

    private static void write(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    /** One call of the packer. */
    private interface Step {
        void run() throws IOException;
    }
}
