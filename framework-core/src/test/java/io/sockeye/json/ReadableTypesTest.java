package io.sockeye.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sockeye.bytes.Bytes;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

class ReadableTypesTest {
    record Line(String author, int size) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(Circle.class))
    interface Shape {}

    record Circle(int radius) implements Shape {}

    interface Untold {}

    record Told() implements Untold {}

    @SuppressWarnings({"UnusedVariable", "UnusedMethod"})
    static final class Closed {
        private Closed(int any, String other) {}
    }

    static class Bean {
        public int size;
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                String.class,
                int.class,
                Integer.class,
                boolean[].class,
                byte[].class,
                ByteBuffer.class,
                Bytes.class,
                JsonValue.class,
                Object.class,
                Number.class,
                CharSequence.class,
                List.class,
                Collection.class,
                Map.class,
                Optional.class,
                Line.class,
                Line[].class,
                Bean.class,
                Shape.class,
                TimeUnit.class,
                Duration.class,
                Instant.class,
                UUID.class,
                URI.class,
                Locale.class,
                AtomicLong.class
            })
    void dataCanBeRead(Class<?> type) {
        assertThat(Json.standard().canRead(type)).isTrue();
        assertThat(Json.of(JsonMapper.shared()).canRead(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                java.net.Socket.class,
                Thread.class,
                Executor.class,
                Runnable.class,
                CompletableFuture.class,
                Closed.class,
                Untold.class,
                java.io.InputStream.class,
                Thread[].class
            })
    void whatNoJsonCanBecomeIsNot(Class<?> type) {
        assertThat(Json.standard().canRead(type)).isFalse();
    }

    @Test
    void whatIsInContainersCounts() {
        assertThat(Json.standard().canRead(type(new TypeReference<Map<String, List<Line>>>() {})))
                .isTrue();
        assertThat(Json.standard().canRead(type(new TypeReference<EnumMap<TimeUnit, Line>>() {})))
                .isTrue();
        assertThat(Json.standard().canRead(type(new TypeReference<Optional<List<? extends Line>>>() {})))
                .isTrue();
        assertThat(Json.standard().canRead(type(new TypeReference<Map<String, List<Thread>>>() {})))
                .isFalse();
        assertThat(Json.standard().canRead(type(new TypeReference<Optional<Thread>>() {})))
                .isFalse();
    }

    @Test
    void theMapperMayKnowMore() {
        var module = new SimpleModule().addAbstractTypeMapping(Untold.class, Told.class);
        var json = Json.of(JsonMapper.builder().addModule(module).build());
        assertThat(json.canRead(Untold.class)).isTrue();
    }

    private static Type type(TypeReference<?> reference) {
        return reference.getType();
    }
}
