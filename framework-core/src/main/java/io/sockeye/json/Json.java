package io.sockeye.json;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.text.Layout;
import io.sockeye.json.text.Placeholders;
import io.sockeye.json.text.Scalars;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;

/** Writes values as JSON with attachments and reads them back. Immutable; any thread may use it. */
public final class Json {
    private static final int MAX_DEPTH = 512;
    private static final List<Class<?>> PRIMITIVES = List.of(
            int.class, long.class, short.class, byte.class, char.class, boolean.class, float.class, double.class);
    private static final Json STANDARD = new Json(standardMapper(), MAX_DEPTH, true, null);

    /** Bounds the time to parse a number: some hundred nanoseconds for each digit, and more the more there are. */
    private static final int MAX_NUMBER_LENGTH = 10_000;

    private final JsonMapper mapper;

    /**
     * Makes the parsers; without limits on sizes, which are checked when messages arrive, unless the user's mapper has
     * limits.
     */
    private final TokenStreamFactory parsers;

    private final int maxDepth;

    /**
     * Whether strings, numbers and booleans have their standard form, so that they are read and written without the
     * mapper.
     */
    private final boolean plainScalars;

    private final ReadableTypes readable;

    /** The sender of this object's values, named by exceptions about them; null if it is not known. */
    private final @Nullable Source source;

    private final Map<Source, Json> bySource = new ConcurrentHashMap<>();

    private Json(JsonMapper mapper, int maxDepth, boolean plainScalars, @Nullable Source source) {
        this.mapper = mapper.rebuild()
                .addModule(new JsonModule(this))
                .disable(SerializationFeature.WRAP_ROOT_VALUE)
                .disable(DeserializationFeature.UNWRAP_ROOT_VALUE)
                .build();
        this.parsers = parsers(mapper.tokenStreamFactory(), maxDepth);
        this.maxDepth = maxDepth;
        this.plainScalars = plainScalars;
        this.readable = new ReadableTypes(this.mapper);
        this.source = source;
    }

    /** With Jackson's defaults. */
    public static Json standard() {
        return STANDARD;
    }

    /**
     * With the user's mapper; its settings stay, types of this package are added. Its settings for root values have no
     * effect, since an event's argument is inside its packet.
     */
    public static Json of(JsonMapper mapper) {
        return new Json(mapper, MAX_DEPTH, false, null);
    }

    /** Like this one, but refuses text whose arrays and objects are nested deeper; the default is 512. */
    public Json withMaxDepth(int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("maximum depth " + depth);
        }
        return new Json(mapper, depth, plainScalars, source);
    }

    /** Like this one, for values that this peer sends: a {@link JsonException} about such a value says so. */
    public Json sentBy(Peer peer) {
        return from(new Source(peer, false));
    }

    Json from(Source wanted) {
        return wanted.equals(source)
                ? this
                : bySource.computeIfAbsent(wanted, it -> new Json(mapper, maxDepth, plainScalars, it));
    }

    @Nullable
    Source source() {
        return source;
    }

    /**
     * The values as an array; binary values in them, at any depth, become attachments.
     *
     * @param values null stands for one value that is null
     * @throws JsonException if a value cannot be written as JSON
     */
    public JsonArray array(@Nullable Object @Nullable ... values) {
        return array(Varargs.list(values));
    }

    /**
     * The values as an array; binary values in them, at any depth, become attachments.
     *
     * @throws JsonException if a value cannot be written as JSON
     */
    public JsonArray array(List<? extends @Nullable Object> values) {
        var writer = new JsonWriter(mapper, plainScalars);
        return new JsonArray(this, writer.array(null, values), null, 0);
    }

    /**
     * The arguments of an event's packet: its name, which is written without the mapper, then the values as by {@link
     * #array}.
     *
     * @param values null stands for one value that is null
     * @throws JsonException if a value cannot be written as JSON
     */
    public JsonArray event(String name, @Nullable Object @Nullable ... values) {
        var writer = new JsonWriter(mapper, plainScalars);
        return new JsonArray(this, writer.array(name, Varargs.list(values)), null, 0);
    }

    /**
     * The value; nothing in it may be binary.
     *
     * @throws JsonException if the value cannot be written as JSON
     * @throws IllegalArgumentException if something in it is binary
     */
    public JsonValue value(@Nullable Object value) {
        var writer = new JsonWriter(mapper, plainScalars);
        Content content = writer.value(value);
        if (value != null && !content.attachments().isEmpty()) {
            throw new IllegalArgumentException(
                    "binary value in " + value.getClass().getTypeName());
        }
        return new JsonValue(this, content, null);
    }

    /**
     * Checks the text of an array whose placeholders stand for these attachments.
     *
     * @throws JsonException if the text is not a JSON array, a placeholder is malformed, or two stand for the same
     *     attachment
     */
    public JsonArray readArray(Bytes text, List<Bytes> attachments) {
        return readArray(text, attachments.size()).withAttachments(attachments);
    }

    /** As above, before the attachments are known: {@link JsonArray#withAttachments} adds them. */
    public JsonArray readArray(Bytes text, int attachments) {
        var finder = attachments == 0 ? null : new PlaceholderFinder(text, attachments);
        Layout layout = JsonScanner.array(text, maxDepth, finder);
        var placeholders = finder == null ? Placeholders.NONE : finder.placeholders();
        return new JsonArray(this, new Content(text, placeholders, List.of()), layout, 0);
    }

    /**
     * Checks the text of one value.
     *
     * @throws JsonException if the text is not JSON
     */
    public JsonValue readValue(Bytes text) {
        return new JsonValue(this, Content.of(JsonScanner.value(text, maxDepth)), null);
    }

    /**
     * Whether there may be JSON that can be read as this type; false for types that hold no data, such as a thread, and
     * for abstract types of which the mapper knows no concrete one.
     */
    public boolean canRead(Type type) {
        return type == JsonValue.class || readable.contains(type);
    }

    /** A builder for a value of another format, which is added piece by piece. */
    public JsonBuilder builder() {
        return new JsonBuilder(this, maxDepth);
    }

    /**
     * The layout of text that was checked when it arrived, or that this side has written, which may be nested deeper.
     */
    Layout layout(Bytes text) {
        return JsonScanner.array(text, Integer.MAX_VALUE, null);
    }

    /** An array that holds the parser's current value. */
    JsonArray take(JsonParser parser) {
        var writer = new JsonWriter(mapper, plainScalars);
        return new JsonArray(this, writer.array(parser), null, 0);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // JsonValue.as tells the caller to name the type
    <T> T read(JsonValue value, Type type) {
        if (type == JsonValue.class) {
            return (T) value;
        }
        if (type == String.class && value.kind() == JsonValue.Kind.BINARY) {
            throw new JsonException("an attachment is no text");
        }
        if (plainScalars && value.kind() == JsonValue.Kind.NULL && isWholePrimitive(type)) {
            throw new JsonException("null is no value of a primitive type");
        }
        Object simple = plainScalars ? Scalars.read(value.raw(), type) : null;
        return simple != null ? (T) simple : parse(value, type);
    }

    /** Whether null does not fit: for the floating-point types it stands for NaN. */
    private static boolean isWholePrimitive(Type type) {
        return type instanceof Class<?> primitive
                && primitive.isPrimitive()
                && primitive != double.class
                && primitive != float.class;
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T parse(JsonValue value, Type type) {
        var javaType = mapper.constructType(type);
        try {
            var context = mapper._deserializationContext();
            JsonParser source =
                    value.raw().read((in, offset, length) -> parsers.createParser(context, in, offset, length));
            boolean plain = value.placeholders().count() == 0;
            try (var parser = plain ? source : new AttachmentParser(source, value)) {
                parser.assignCurrentValue(value.origin()); // For JsonModule, in the context of the root.
                return mapper.readValue(parser, javaType);
            }
        } catch (InputCoercionException e) {
            throw new JsonException(e.getOriginalMessage(), e);
        } catch (StreamReadException e) {
            // The text is valid JSON, but Jackson refuses names with halves of surrogate pairs.
            return parseTokens(value, javaType);
        } catch (JacksonException e) {
            throw new JsonException(e.getOriginalMessage(), e);
        } catch (RuntimeException e) {
            throw new JsonException(e.toString(), e);
        }
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T parseTokens(JsonValue value, JavaType type) {
        var tokens = new TokenSink(parsers.streamReadConstraints().getMaxNumberLength());
        value.writeTo(tokens);
        try (var parser = tokens.parser(mapper._deserializationContext())) {
            parser.assignCurrentValue(value.origin());
            return mapper.readValue(parser, type);
        } catch (JacksonException e) {
            throw new JsonException(e.getOriginalMessage(), e);
        } catch (RuntimeException e) {
            throw new JsonException(e.toString(), e);
        }
    }

    /** Raises Jackson's default bounds, which are too low for messages; other bounds are the user's and stay. */
    private static TokenStreamFactory parsers(TokenStreamFactory given, int maxDepth) {
        if (!isUsual(given.streamReadConstraints())) {
            return given;
        }
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(maxDepth)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build();
        return given.rebuild().streamReadConstraints(constraints).build();
    }

    private static boolean isUsual(StreamReadConstraints given) {
        var usual = StreamReadConstraints.defaults();
        return given.getMaxNestingDepth() == usual.getMaxNestingDepth()
                && given.getMaxNumberLength() == usual.getMaxNumberLength()
                && given.getMaxStringLength() == usual.getMaxStringLength()
                && given.getMaxNameLength() == usual.getMaxNameLength()
                && given.getMaxDocumentLength() == usual.getMaxDocumentLength()
                && given.getMaxTokenCount() == usual.getMaxTokenCount();
    }

    private static JsonMapper standardMapper() {
        var builder = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        for (var primitive : PRIMITIVES) { // Otherwise empty text is read as null, and so as 0.
            builder.withCoercionConfig(
                    primitive, coercion -> coercion.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail));
        }
        return builder.build();
    }
}
