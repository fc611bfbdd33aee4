package io.sockeye.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.type.ArrayType;
import tools.jackson.databind.util.AccessPattern;
import tools.jackson.databind.util.ClassUtil;

/**
 * Reads JSON's null as NaN for {@code float} and {@code double}: NaN is written as null, since JSON has no form for it.
 * A missing member is 0 as usual. Deserializers of the user for these types stay.
 */
final class NullAsNan extends ValueDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription.Supplier bean, ValueDeserializer<?> reader) {
        var type = bean.getBeanClass();
        if (type == double.class && ClassUtil.isJacksonStdImpl(reader)) {
            return new Single(reader, Double.NaN, 0.0);
        }
        if (type == float.class && ClassUtil.isJacksonStdImpl(reader)) {
            return new Single(reader, Float.NaN, 0.0f);
        }
        return reader;
    }

    @Override
    public ValueDeserializer<?> modifyArrayDeserializer(
            DeserializationConfig config, ArrayType type, BeanDescription.Supplier bean, ValueDeserializer<?> reader) {
        if (!ClassUtil.isJacksonStdImpl(reader)) {
            return reader;
        }
        var element = type.getContentType().getRawClass();
        return element == double.class || element == float.class ? new Numbers(reader, element) : reader;
    }

    private static final class Single extends DelegatingDeserializer {
        private final Object none;
        private final Object absent;

        Single(ValueDeserializer<?> reader, Object none, Object absent) {
            super(reader);
            this.none = none;
            this.absent = absent;
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> reader) {
            return new Single(reader, none, absent);
        }

        @Override
        public Object getNullValue(DeserializationContext context) {
            return none;
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return absent;
        }

        @Override
        public AccessPattern getNullAccessPattern() {
            return AccessPattern.CONSTANT;
        }
    }

    /** Reads arrays of {@code float} or {@code double}. */
    private static final class Numbers extends DelegatingDeserializer {
        private final Class<?> element;

        Numbers(ValueDeserializer<?> reader, Class<?> element) {
            super(reader);
            this.element = element;
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> reader) {
            return new Numbers(reader, element);
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            var contextual = super.createContextual(context, property);
            return saysWhatNullsMean(property) ? ((Numbers) contextual).getDelegatee() : contextual;
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.isExpectedStartArrayToken()) {
                return super.deserialize(parser, context);
            }
            double[] numbers = new double[16];
            int count = 0;
            for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (count == numbers.length) {
                    numbers = Arrays.copyOf(numbers, 2 * count);
                }
                numbers[count++] = token == JsonToken.VALUE_NULL ? Double.NaN : number(parser, context);
            }
            return element == double.class ? Arrays.copyOf(numbers, count) : floats(numbers, count);
        }

        private double number(JsonParser parser, DeserializationContext context) {
            return element == double.class
                    ? _parseDoublePrimitive(parser, context)
                    : _parseFloatPrimitive(parser, context);
        }

        /** Exact, since each number was read as a float. */
        private static float[] floats(double[] numbers, int count) {
            float[] floats = new float[count];
            for (int i = 0; i < count; i++) {
                floats[i] = (float) numbers[i];
            }
            return floats;
        }
    }

    /** Whether the user has annotated the property with how nulls in it are read. */
    private static boolean saysWhatNullsMean(@Nullable BeanProperty property) {
        return property != null && property.getMetadata().getContentNulls() != null;
    }
}
