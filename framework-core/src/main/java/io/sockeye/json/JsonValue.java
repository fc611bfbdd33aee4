package io.sockeye.json;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.text.Layout;
import io.sockeye.json.text.Placeholders;
import io.sockeye.json.text.Strings;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** One JSON value as raw, validated text, parsed when needed. Immutable; equal if text and attachments are. */
public final class JsonValue {
    private final Json json;

    /** Its attachments are those of the whole array that the value is from. */
    private final Content content;

    /** See {@link Layout#origin}; null if the value is not from an array. */
    private final @Nullable Object origin;

    JsonValue(Json json, Content content, @Nullable Object origin) {
        this.json = json;
        this.content = content;
        this.origin = origin;
    }

    /** The JSON text, without white space around it; placeholders stand for attachments. */
    public Bytes raw() {
        return content.raw();
    }

    /** Passes the value, with all that is in it, to the sink. */
    public void writeTo(JsonSink sink) {
        content.writeTo(sink);
    }

    /**
     * A copy in memory of its own, for a value that is kept for long: the value itself keeps the whole message in
     * memory.
     */
    public JsonValue copy() {
        return new JsonValue(json, content.copy(), origin);
    }

    /**
     * The value as an instance of the type; null for JSON's null. For {@code float} and {@code double} null is NaN,
     * since NaN is written as null; no other primitive type accepts it. Members of an object and elements of an array
     * that are null are 0 or false for the other primitive types, like missing members.
     *
     * @throws JsonException when the value does not fit
     */
    public <T> T as(Class<T> type) {
        return as((Type) type);
    }

    /**
     * The value as an instance of the generic type; null for JSON's null.
     *
     * @throws JsonException when the value does not fit
     */
    public <T> T as(TypeReference<T> type) {
        return as(type.getType());
    }

    /**
     * The value as an instance of the type, which may be generic. The caller must name the matching {@code T}.
     *
     * @throws JsonException when the value does not fit
     */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> T as(Type type) {
        try {
            return json.read(this, type);
        } catch (JsonException e) {
            throw e.about("%s is no %s: %s".formatted(this, type.getTypeName(), e.getMessage()), json.source())
                    .in(origin);
        }
    }

    /**
     * The fields of an object by their names, in order; the last one of several with the same name. Independent of the
     * mapper's settings.
     *
     * @throws JsonException when the value is no object
     */
    public Map<String, JsonValue> fields() {
        if (kind() != Kind.OBJECT) {
            throw noObject();
        }
        return Members.of(this);
    }

    private JsonException noObject() {
        return JsonException.mismatch(this + " is no object", null, json.source())
                .in(origin);
    }

    /**
     * Like {@link #fields}, but only those with one of these names. The others cost no memory, however many there are.
     *
     * @throws JsonException when the value is no object
     */
    public Map<String, JsonValue> fields(Set<String> names) {
        if (kind() != Kind.OBJECT) {
            throw noObject();
        }
        return Members.of(this, names).found();
    }

    /** The fields of an object if all of them have one of these names; empty for all other values. */
    public Optional<Map<String, JsonValue>> onlyFields(Set<String> names) {
        if (kind() != Kind.OBJECT) {
            return Optional.empty();
        }
        var members = Members.of(this, names);
        return members.others() ? Optional.empty() : Optional.of(members.found());
    }

    /**
     * The decoded text of a string, or null if the value is not a string. Like {@link #fields}, independent of the
     * mapper.
     */
    public @Nullable String text() {
        return kind() == Kind.STRING ? Strings.decode(raw().utf8()) : null;
    }

    public Kind kind() {
        Placeholders placeholders = placeholders();
        return switch (raw().at(0)) {
            case 'n' -> Kind.NULL;
            case 't', 'f' -> Kind.BOOLEAN;
            case '"' -> Kind.STRING;
            case '[' -> Kind.ARRAY;
            case '{' -> placeholders.count() > 0 && placeholders.start(0) == 0 ? Kind.BINARY : Kind.OBJECT;
            default -> Kind.NUMBER;
        };
    }

    /** The value at this range of the text. */
    JsonValue within(int start, int end) {
        return new JsonValue(json, content.within(start, end), origin);
    }

    /** The same value with that array's origin. */
    JsonValue from(@Nullable Object array) {
        return new JsonValue(json, content, array);
    }

    @Nullable
    Object origin() {
        return origin;
    }

    Content content() {
        return content;
    }

    Placeholders placeholders() {
        return content.placeholders();
    }

    Bytes attachment(int placeholder) {
        return content.attachment(placeholder);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof JsonValue that)
                || !raw().equals(that.raw())
                || placeholders().count() != that.placeholders().count()) {
            return false;
        }
        for (int i = 0; i < placeholders().count(); i++) {
            if (!attachment(i).equals(that.attachment(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return raw().hashCode();
    }

    /** The kind and the beginning of the text. */
    @Override
    public String toString() {
        return kind() + " " + excerpt();
    }

    private String excerpt() {
        Bytes raw = raw();
        return raw.length() <= 60 ? raw.utf8() : raw.slice(0, 60).utf8() + "…";
    }

    /** What a JSON value is. */
    public enum Kind {
        NULL,
        BOOLEAN,
        NUMBER,
        STRING,
        ARRAY,
        OBJECT,
        /** An attachment; JSON itself has no such kind. */
        BINARY
    }
}
