package io.sockeye.json;

import java.lang.reflect.Type;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.json.JsonMapper;

/** Which types a mapper can read, as far as the types alone tell. Any thread. */
final class ReadableTypes {
    private final JsonMapper mapper;
    /** The readable types that were asked for; not more than the program has declared. */
    private final Set<Type> known = ConcurrentHashMap.newKeySet();

    ReadableTypes(JsonMapper mapper) {
        this.mapper = mapper;
    }

    boolean contains(Type type) {
        if (known.contains(type)) {
            return true;
        }
        boolean readable = isReadable(mapper.constructType(type));
        if (readable) {
            known.add(type);
        }
        return readable;
    }

    private boolean isReadable(JavaType type) {
        var content = type.isReferenceType() ? type.getReferencedType() : type.getContentType();
        if (content != null && !isReadable(content)) {
            return false;
        }
        try {
            return canRead(mapper._deserializationContext().findRootValueDeserializer(type), type);
        } catch (JacksonException e) {
            return false;
        }
    }

    private static boolean canRead(ValueDeserializer<Object> reader, JavaType type) {
        if (reader instanceof BeanDeserializerBase bean) {
            return bean.getValueInstantiator().canInstantiate() && !isOfTheJdk(type);
        }
        return !(reader instanceof AbstractDeserializer);
    }

    /**
     * Jackson would fill any JDK class that has setters, such as {@code java.net.Socket}; the JDK's data types have
     * other deserializers.
     */
    private static boolean isOfTheJdk(JavaType type) {
        return type.getRawClass().getModule() == Object.class.getModule();
    }
}
