package io.sockeye.json;

import io.sockeye.bytes.Bytes;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Lets a mapper read and write the types of this package, at any depth of a value. */
final class JsonModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    JsonModule(Json json) {
        super("sockeye");
        addSerializer(new Embedded<>(Bytes.class));
        addSerializer(new Embedded<>(JsonValue.class));
        addSerializer(new Embedded<>(JsonArray.class));
        addSerializer(new FormWriter(json));
        addDeserializer(Bytes.class, new BytesReader());
        addDeserializer(JsonValue.class, new ValueReader(json));
        setDeserializerModifier(new NullAsNan());
    }

    /** Leaves the value to {@link AttachmentGenerator#writeEmbeddedObject}. */
    private static final class Embedded<T> extends StdSerializer<T> {
        Embedded(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            generator.writeEmbeddedObject(value);
        }

        /** Writes no type's name: the other side does not know these types. */
        @Override
        public void serializeWithType(
                T value, JsonGenerator generator, SerializationContext context, TypeSerializer types) {
            serialize(value, generator, context);
        }
    }

    private static final class FormWriter extends StdSerializer<JsonForm> {
        private final Json json;

        FormWriter(Json json) {
            super(JsonForm.class);
            this.json = json;
        }

        @Override
        public void serialize(JsonForm value, JsonGenerator generator, SerializationContext context) {
            generator.writeEmbeddedObject(value.toValue(json));
        }

        /** Writes no type's name: the form is complete. */
        @Override
        public void serializeWithType(
                JsonForm value, JsonGenerator generator, SerializationContext context, TypeSerializer types) {
            serialize(value, generator, context);
        }
    }

    private static final class BytesReader extends StdDeserializer<Bytes> {
        BytesReader() {
            super(Bytes.class);
        }

        @Override
        public Bytes deserialize(JsonParser parser, DeserializationContext context) {
            return Bytes.wrap(parser.getBinaryValue(context.getBase64Variant()));
        }

        @Override
        public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer types) {
            return deserialize(parser, context);
        }
    }

    private static final class ValueReader extends StdDeserializer<JsonValue> {
        private final Json json;

        ValueReader(Json json) {
            super(JsonValue.class);
            this.json = json;
        }

        @Override
        public JsonValue deserialize(JsonParser parser, DeserializationContext ignored) {
            var context = parser.streamReadContext();
            while (context != null && context.getParent() != null) {
                context = context.getParent();
            }
            var array = context == null ? null : context.currentValue();
            return json.take(parser).value(0).from(array);
        }

        @Override
        public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer types) {
            return deserialize(parser, context);
        }

        @Override
        public Object getNullValue(DeserializationContext context) {
            return json.value(null);
        }
    }
}
