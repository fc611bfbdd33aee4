package io.sockeye.json;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.text.JsonOutput;
import io.sockeye.json.text.Layout;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * A JSON array as raw text with its attachments; elements are parsed when needed. Immutable; equal if text and
 * attachments are.
 */
public final class JsonArray {
    private final Json json;
    private final Content content;

    /** How many elements of the {@link #content} come before this array's first. */
    private final int first;

    /** Null until an element is needed. Immutable, so that any thread's result may stay. */
    private @Nullable Layout layout;

    /**
     * This array without the elements before its first; null until needed. Immutable, so that any thread's result may
     * stay.
     */
    private @Nullable JsonArray detached;

    JsonArray(Json json, Content content, @Nullable Layout layout, int first) {
        this.json = json;
        this.content = content;
        this.layout = layout;
        this.first = first;
    }

    public int size() {
        return layout().size() - first;
    }

    /**
     * The number of values in the text at any depth, with the array itself and the keys of objects: an estimate of the
     * objects that reading makes. For an array made by {@link #from}, the number of the whole text.
     */
    public int values() {
        return layout().values();
    }

    /** The JSON text, in which placeholders stand for attachments. */
    public Bytes raw() {
        return content().raw();
    }

    public List<Bytes> attachments() {
        return content().attachments();
    }

    /** This array with the attachments that its placeholders stand for. */
    public JsonArray withAttachments(List<Bytes> received) {
        return new JsonArray(json, content.withAttachments(received), layout, first);
    }

    /** The same array, sent by this peer: a {@link JsonException} about one of its values says so. */
    public JsonArray sentBy(Peer peer) {
        return with(json.sentBy(peer));
    }

    /** The same array as an acknowledgement: a {@link JsonException} about one of its values says so. */
    public JsonArray asAnswer() {
        var source = json.source();
        return source == null ? this : with(json.from(source.asAnswer()));
    }

    private JsonArray with(Json other) {
        return other == json ? this : new JsonArray(other, content, layout, first);
    }

    /** The element; throws {@link JsonException} when the array is shorter. */
    public JsonValue value(int index) {
        Layout where = layout();
        int size = where.size() - first;
        if (index < 0 || index >= size) {
            throw JsonException.mismatch("argument %d of %d".formatted(index, size), null, json.source())
                    .in(where.origin());
        }
        int start = where.start(first + index);
        int end = where.end(first + index);
        return new JsonValue(json, content.within(start, end), where.origin());
    }

    /**
     * The element as an instance of the type; null for JSON's null. For {@code float} and {@code double} null is NaN,
     * since NaN is written as null; no other primitive type accepts it. Members of an object and elements of an array
     * that are null are 0 or false for the other primitive types, like missing members.
     *
     * @throws JsonException when the array is shorter or the element does not fit
     */
    public <T> T get(int index, Class<T> type) {
        return get(index, (Type) type);
    }

    /**
     * The element as an instance of the generic type; null for JSON's null.
     *
     * @throws JsonException when the array is shorter or the element does not fit
     */
    public <T> T get(int index, TypeReference<T> type) {
        return get(index, type.getType());
    }

    /**
     * The element as an instance of the type, which may be generic. The caller must name the matching {@code T}.
     *
     * @throws JsonException when the array is shorter or the element does not fit
     */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> T get(int index, Type type) {
        JsonValue value = value(index);
        try {
            return value.as(type);
        } catch (JsonException e) {
            throw e.about("argument %d: %s".formatted(index, e.getMessage()), json.source())
                    .in(layout().origin());
        }
    }

    /**
     * Whether the failure may be about a value of this array, at any depth; false if it is known to be about another
     * one.
     */
    public boolean mayHaveCaused(JsonException failure) {
        return failure.mayBeIn(layout().origin());
    }

    /** The elements from the index on. */
    public JsonArray from(int index) {
        if (index < 0 || index > size()) {
            throw new IllegalArgumentException("from %d of %d".formatted(index, size()));
        }
        return index == 0 ? this : new JsonArray(json, content, layout, first + index);
    }

    /** This array with one more element, a string. */
    public JsonArray append(String text) {
        Content before = content();
        int end = before.raw().length();
        while (before.raw().at(end - 1) != ']') {
            end--;
        }
        var longer = new JsonOutput();
        before.raw().slice(0, end - 1).writeTo(longer::write);
        if (size() > 0) {
            longer.write(',');
        }
        longer.string(text);
        longer.write(']');
        var after = new Content(longer.toBytes(), before.placeholders(), before.attachments());
        return new JsonArray(json, after, null, 0);
    }

    /** The element's text, or null when it is no string or the array is shorter. */
    public @Nullable String stringAt(int index) {
        return index < size() ? value(index).text() : null;
    }

    /** Whether there is such an element and it is a number. */
    public boolean isNumber(int index) {
        return index < size() && value(index).kind() == JsonValue.Kind.NUMBER;
    }

    /** Passes the array, with all that is in it, to the sink. */
    public void writeTo(JsonSink sink) {
        content().writeTo(sink);
    }

    /** The content without the elements before this array's first. */
    Content content() {
        return first == 0 ? content : detached().content;
    }

    private Layout layout() {
        Layout known = layout;
        if (known == null) {
            known = json.layout(content.raw());
            layout = known;
        }
        return known;
    }

    private JsonArray detached() {
        JsonArray known = detached;
        if (known == null) {
            List<JsonValue> values = new ArrayList<>();
            for (int i = 0; i < size(); i++) {
                values.add(value(i));
            }
            known = json.array(values);
            detached = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonArray that
                && raw().equals(that.raw())
                && attachments().equals(that.attachments());
    }

    @Override
    public int hashCode() {
        return raw().hashCode();
    }

    @Override
    public String toString() {
        return raw() + (attachments().isEmpty() ? "" : " " + attachments());
    }
}
