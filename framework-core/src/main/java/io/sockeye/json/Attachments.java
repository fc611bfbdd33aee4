package io.sockeye.json;

import io.sockeye.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The attachments met so far while values are written. */
final class Attachments {
    private static final Bytes HEAD = Bytes.ofUtf8("{\"_placeholder\":true,\"num\":");

    private List<Bytes> met = List.of();

    List<Bytes> list() {
        return List.copyOf(met);
    }

    /** Adds an attachment and writes what stands for it in the JSON. */
    void add(Bytes attachment, Bytes.Sink sink) {
        if (met.isEmpty()) {
            met = new ArrayList<>();
        }
        met.add(attachment);
        HEAD.writeTo(sink);
        Bytes.ofUtf8((met.size() - 1) + "}").writeTo(sink);
    }

    /** Writes the value's JSON, its placeholders renumbered. */
    void add(JsonValue value, Bytes.Sink sink) {
        Placeholders placeholders = value.placeholders();
        int from = 0;
        for (int i = 0; i < placeholders.count(); i++) {
            value.raw().slice(from, placeholders.start(i)).writeTo(sink);
            add(value.attachment(i), sink);
            from = placeholders.end(i);
        }
        value.raw().slice(from).writeTo(sink);
    }

    /** Whether the value is binary, or JSON already. */
    static boolean knows(Object value) {
        return value instanceof JsonValue
                || value instanceof JsonArray
                || value instanceof Bytes
                || value instanceof byte[]
                || value instanceof ByteBuffer;
    }

    /** Writes a value of one of the types that {@link #knows} names. */
    void addKnown(Object value, Bytes.Sink sink) {
        if (value instanceof JsonValue json) {
            add(json, sink);
        } else if (value instanceof JsonArray array) {
            add(array.asValue(), sink);
        } else if (value instanceof Bytes bytes) {
            add(bytes, sink);
        } else if (value instanceof byte[] array) {
            add(Bytes.copyOf(array), sink);
        } else if (value instanceof ByteBuffer buffer) {
            add(Bytes.copyOf(buffer), sink);
        }
    }

    /** What {@link #addKnown} writes. */
    String text(Object known) {
        var text = new ByteArrayOutputStream();
        addKnown(known, text::write);
        return text.toString(StandardCharsets.UTF_8);
    }
}
