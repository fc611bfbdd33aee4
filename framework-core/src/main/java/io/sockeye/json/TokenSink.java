package io.sockeye.json;

import io.sockeye.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Passes a value to Jackson as tokens instead of text: Jackson's own parser refuses names with half of a
 * surrogate pair (https://github.com/FasterXML/jackson-core/issues/363), which JSON allows as an escape.
 */
final class TokenSink implements JsonSink {
    private static final int LONG_DIGITS = 18;

    private final TokenBuffer tokens = TokenBuffer.forGeneration();

    /** Which of the open containers, outermost first, are objects. */
    private final BitSet objects = new BitSet();

    /** Checked here, since Jackson's own parser, which checks it, is not used. */
    private final int maxNumberLength;

    private int depth;

    TokenSink(int maxNumberLength) {
        this.maxNumberLength = maxNumberLength;
    }

    JsonParser parser(ObjectReadContext context) {
        return tokens.asParser(context);
    }

    @Override
    public void beginArray(int size) {
        objects.clear(depth++);
        tokens.writeStartArray();
    }

    @Override
    public void beginObject(int size) {
        objects.set(depth++);
        tokens.writeStartObject();
    }

    @Override
    public void end() {
        if (objects.get(--depth)) {
            tokens.writeEndObject();
        } else {
            tokens.writeEndArray();
        }
    }

    @Override
    public void key(String name) {
        tokens.writeName(name);
    }

    @Override
    public void string(String value) {
        tokens.writeString(value);
    }

    @Override
    public void number(String text) {
        if (text.length() > maxNumberLength) {
            throw new JsonException("a number of %d characters, limit %d".formatted(text.length(), maxNumberLength));
        }
        boolean whole = text.chars().allMatch(c -> c == '-' || Character.isDigit(c));
        if (whole && text.length() <= LONG_DIGITS) {
            tokens.writeNumber(Long.parseLong(text));
            return;
        }
        try {
            tokens.writeNumber(text, whole); // Parsed when needed.
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    @Override
    public void bool(boolean value) {
        tokens.writeBoolean(value);
    }

    @Override
    public void nothing() {
        tokens.writeNull();
    }

    @Override
    public void binary(Bytes value) {
        tokens.writeEmbeddedObject(value.toByteArray());
    }
}
