package io.sockeye.json;

import io.sockeye.json.text.JsonOutput;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes one JSON text; used once. */
final class JsonWriter {
    private final JsonMapper mapper;
    private final boolean plainScalars;
    private final JsonOutput output = new JsonOutput();
    private final Attachments attachments = new Attachments();

    JsonWriter(JsonMapper mapper, boolean plainScalars) {
        this.mapper = mapper;
        this.plainScalars = plainScalars;
    }

    /** @param head a string that comes first, written without the mapper; null for none */
    Content array(@Nullable String head, List<? extends @Nullable Object> values) {
        output.write('[');
        if (head != null) {
            output.string(head);
        }
        for (int i = 0; i < values.size(); i++) {
            if (i > 0 || head != null) {
                output.write(',');
            }
            try {
                write(values.get(i));
            } catch (JsonException e) {
                throw new JsonException("argument %d: %s".formatted(i, e.getMessage()), e.getCause());
            }
        }
        output.write(']');
        return content();
    }

    /** An array that holds the parser's current value. */
    Content array(JsonParser parser) {
        output.write('[');
        generate(generator -> generator.copyCurrentStructureExact(parser));
        output.write(']');
        return content();
    }

    Content value(@Nullable Object value) {
        write(value);
        return content();
    }

    private Content content() {
        return attachments.of(output.toBytes());
    }

    private void write(@Nullable Object value) {
        if (value instanceof Typed typed) {
            write(typed);
        } else if (value == null) {
            output.ascii("null");
        } else if (Attachments.knows(value)) {
            attachments.addKnown(value, output);
        } else if (!plainScalars || !scalar(value)) {
            pojo(value);
        }
    }

    private void write(Typed typed) {
        var value = typed.value();
        if (value == null || Attachments.knows(value) || (plainScalars && isFinal(value.getClass()))) {
            write(value);
            return;
        }
        write(
                value,
                generator -> mapper.writerFor(specialized(typed.type(), value)).writeValue(generator, value));
    }

    /**
     * The declared type, specialized to the value's class as Jackson does it for elements and members; not if a
     * property tells the subtypes apart, which Jackson writes by itself.
     */
    private JavaType specialized(Type declared, Object value) {
        var type = mapper.constructType(declared);
        boolean known = type.hasRawClass(value.getClass())
                || !type.getRawClass().isInstance(value)
                || type.isContainerType()
                || type.isReferenceType()
                || type.isIterationType()
                || mapper._serializationContext().findTypeSerializer(type) != null;
        return known ? type : mapper.getTypeFactory().constructSpecializedType(type, value.getClass(), true);
    }

    /** Whether the class alone determines the JSON, so that a declared type adds nothing. */
    private static boolean isFinal(Class<?> type) {
        return Modifier.isFinal(type.getModifiers()) && !type.isArray() && type.getTypeParameters().length == 0;
    }

    private boolean scalar(Object value) {
        if (value instanceof String text) {
            output.string(text);
            return true;
        }
        boolean plain = value instanceof Integer
                || value instanceof Long
                || value instanceof Boolean
                || (value instanceof Double number && Double.isFinite(number));
        if (plain) {
            output.ascii(value.toString());
        }
        return plain;
    }

    private void pojo(Object value) {
        write(value, generator -> generator.writePOJO(value));
    }

    private void write(Object value, Consumer<AttachmentGenerator> content) {
        try {
            generate(content);
        } catch (RuntimeException e) {
            String reason = e instanceof JacksonException jackson ? jackson.getOriginalMessage() : e.toString();
            throw new JsonException(
                    "%s has no JSON: %s".formatted(value.getClass().getTypeName(), reason), e);
        }
    }

    private void generate(Consumer<AttachmentGenerator> content) {
        try (var generator = new AttachmentGenerator(mapper.createGenerator(output), attachments, output)) {
            content.accept(generator);
        }
    }
}
