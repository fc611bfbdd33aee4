package io.sockeye.json;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.text.JsonOutput;
import java.util.BitSet;

/**
 * Makes JSON of the one value that is passed to it. Not thread-safe, used once. Calls in an invalid order, such as a
 * member without its key, throw {@link IllegalStateException}.
 *
 * <pre>{@code
 * var builder = Json.standard().builder();
 * builder.beginArray(2);
 * builder.string("picture");
 * builder.binary(png);
 * builder.end();
 * JsonArray arguments = builder.array();
 * }</pre>
 */
public final class JsonBuilder implements JsonSink {
    private final Json json;
    private final int maxDepth;
    private final JsonOutput output = new JsonOutput();
    private final Attachments attachments = new Attachments();

    /** Which of the open containers, outermost first, are objects. */
    private final BitSet objects = new BitSet();

    private int depth;

    /** Whether the innermost container has an element already; outside of any, whether the value is complete. */
    private boolean preceded;

    /** Whether a key waits for its value. */
    private boolean keyed;

    JsonBuilder(Json json, int maxDepth) {
        this.json = json;
        this.maxDepth = maxDepth;
    }

    /**
     * {@inheritDoc} The size may be wrong: nothing is allocated for it. Nesting deeper than the limit throws {@link
     * JsonException}.
     */
    @Override
    public void beginArray(int size) {
        begin(false);
    }

    /**
     * {@inheritDoc} The size may be wrong: nothing is allocated for it. Nesting deeper than the limit throws {@link
     * JsonException}.
     */
    @Override
    public void beginObject(int size) {
        begin(true);
    }

    private void begin(boolean object) {
        value();
        if (depth == maxDepth) {
            throw JsonException.malformed("nesting deeper than %d (Json.withMaxDepth)".formatted(maxDepth));
        }
        output.write(object ? '{' : '[');
        objects.set(depth, object);
        depth++;
        preceded = false;
    }

    @Override
    public void end() {
        if (depth == 0 || keyed) {
            throw new IllegalStateException(keyed ? "a key without a value" : "nothing to end");
        }
        depth--;
        output.write(objects.get(depth) ? '}' : ']');
        preceded = true;
    }

    @Override
    public void key(String name) {
        if (depth == 0 || !objects.get(depth - 1) || keyed) {
            throw new IllegalStateException("a key where none belongs: " + name);
        }
        separate();
        output.string(name);
        output.write(':');
        keyed = true;
    }

    @Override
    public void string(String value) {
        value();
        output.string(value);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the text is no JSON number
     */
    @Override
    public void number(String text) {
        Bytes raw = Bytes.ofUtf8(text);
        if (!isNumber(raw)) {
            throw new IllegalArgumentException("no JSON number: " + text);
        }
        value();
        output.ascii(text);
    }

    private static boolean isNumber(Bytes raw) {
        try {
            return !raw.isEmpty()
                    && "-0123456789".indexOf(raw.at(0)) >= 0
                    && JsonScanner.value(raw, 1).length() == raw.length();
        } catch (JsonException e) {
            return false;
        }
    }

    @Override
    public void bool(boolean value) {
        value();
        output.ascii(value ? "true" : "false");
    }

    @Override
    public void nothing() {
        value();
        output.ascii("null");
    }

    @Override
    public void binary(Bytes value) {
        value();
        attachments.add(value, output);
    }

    /** The number of binary values so far. */
    public int attachments() {
        return attachments.count();
    }

    /** The value. */
    public JsonValue toValue() {
        return new JsonValue(json, content(), null);
    }

    /**
     * The value, which must be an array.
     *
     * @throws JsonException if it is not an array
     */
    public JsonArray toArray() {
        Content content = content();
        if (content.raw().at(0) != '[') {
            throw JsonException.malformed("no array but " + toValue());
        }
        return new JsonArray(json, content, null, 0);
    }

    private Content content() {
        if (depth > 0 || !preceded) {
            throw new IllegalStateException("the value is not complete");
        }
        return attachments.of(output.toBytes());
    }

    /** Checks that a value may follow here, and writes the separator before it. */
    private void value() {
        if (depth == 0 ? preceded : objects.get(depth - 1) && !keyed) {
            throw new IllegalStateException(depth == 0 ? "a second value" : "a member without its key");
        }
        if (!keyed) {
            separate();
        }
        keyed = false;
        preceded = true;
    }

    private void separate() {
        if (preceded) {
            output.write(',');
        }
    }
}
