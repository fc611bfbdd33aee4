package io.sockeye.json;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.text.JsonOutput;
import io.sockeye.json.text.Placeholders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The attachments met so far while values are written, and where their placeholders are. */
final class Attachments {
    private static final Bytes HEAD = Bytes.ofUtf8("{\"_placeholder\":true,\"num\":");
    private static final int[] NO_OFFSETS = {};

    private List<Bytes> met = List.of();
    private int[] starts = NO_OFFSETS;
    private int[] ends = NO_OFFSETS;

    int count() {
        return met.size();
    }

    /** The text with its placeholders and the attachments that they stand for. */
    Content of(Bytes raw) {
        int count = count();
        if (count == 0) {
            return Content.of(raw);
        }
        int[] nums = new int[count];
        Arrays.setAll(nums, i -> i);
        var placeholders = new Placeholders(Arrays.copyOf(starts, count), Arrays.copyOf(ends, count), nums);
        return new Content(raw, placeholders, met);
    }

    /** Adds an attachment and writes what stands for it in the JSON. */
    void add(Bytes attachment, JsonOutput output) {
        int num = met.size();
        if (num == 0) {
            met = new ArrayList<>();
        }
        if (num == starts.length) {
            starts = Arrays.copyOf(starts, 2 * num + 2);
            ends = Arrays.copyOf(ends, 2 * num + 2);
        }
        met.add(attachment);
        starts[num] = output.length();
        HEAD.writeTo(output::write);
        output.ascii(num + "}");
        ends[num] = output.length();
    }

    /** Writes the JSON, its placeholders renumbered. */
    void add(Content content, JsonOutput output) {
        Placeholders placeholders = content.placeholders();
        int from = 0;
        for (int i = 0; i < placeholders.count(); i++) {
            content.raw().slice(from, placeholders.start(i)).writeTo(output::write);
            add(content.attachment(i), output);
            from = placeholders.end(i);
        }
        content.raw().slice(from).writeTo(output::write);
    }

    /**
     * Moves the placeholders from {@code first} on by so many bytes: they were noted in a text that was then written at
     * an offset.
     */
    void move(int first, int by) {
        for (int i = first; i < count(); i++) {
            starts[i] += by;
            ends[i] += by;
        }
    }

    /** Whether the value is binary or JSON already, so that no mapper is needed. */
    static boolean knows(Object value) {
        return value instanceof JsonValue
                || value instanceof JsonArray
                || value instanceof Bytes
                || value instanceof byte[]
                || value instanceof ByteBuffer;
    }

    /** Writes a value of one of the types that {@link #knows} names. */
    void addKnown(Object value, JsonOutput output) {
        if (value instanceof JsonValue json) {
            add(json.content(), output);
        } else if (value instanceof JsonArray array) {
            add(array.content(), output);
        } else if (value instanceof Bytes bytes) {
            add(bytes, output);
        } else if (value instanceof byte[] array) {
            add(Bytes.copyOf(array), output);
        } else if (value instanceof ByteBuffer buffer) {
            add(Bytes.copyOf(buffer), output);
        }
    }
}
