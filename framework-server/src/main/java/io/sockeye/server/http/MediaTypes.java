package io.sockeye.server.http;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The media types of files by the extensions of their names: the table of npm's {@code mime-db}, which Node's servers
 * use.
 */
final class MediaTypes {
    private static final MediaType UNKNOWN = new MediaType("application/octet-stream", false);

    /**
     * In order of preference: if several types have one extension, that of the best source is taken, as in npm's {@code
     * mime-types}.
     */
    private static final List<String> SOURCES = List.of("nginx", "apache", "", "iana");

    private MediaTypes() {}

    /**
     * The type of a file.
     *
     * @param text as in {@code Content-Type}
     * @param compressible whether compression makes it smaller
     */
    record MediaType(String text, boolean compressible) {}

    /** Read when it is first used. */
    private static final class Table {
        private static final Map<String, MediaType> BY_END = read();
    }

    /** The type of a file of that name, {@code application/octet-stream} if it is not known. */
    static MediaType of(String name) {
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Table.BY_END.getOrDefault(end, UNKNOWN);
    }

    private static Map<String, MediaType> read() {
        try (var file = MediaTypes.class.getResourceAsStream("/io/sockeye/server/http/mime-db/db.json")) {
            if (file == null) {
                throw new IllegalStateException(
                        "the jar lacks the media types, io/sockeye/server/http/mime-db/db.json");
            }
            return byEnd(
                    Json.standard().readValue(Bytes.wrap(file.readAllBytes())).as(Map.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, MediaType> byEnd(Map<?, ?> table) {
        var types = new HashMap<String, MediaType>();
        var ranks = new HashMap<String, Integer>();
        table.forEach((name, properties) -> {
            if (properties instanceof Map<?, ?> known && known.get("extensions") instanceof List<?> ends) {
                int rank = rank(String.valueOf(name), known.get("source"));
                for (var end : ends) {
                    if (rank > ranks.getOrDefault(String.valueOf(end), -1)) {
                        ranks.put(String.valueOf(end), rank);
                        types.put(String.valueOf(end), type(String.valueOf(name), known));
                    }
                }
            }
        });
        return Map.copyOf(types);
    }

    /** Of two types of one source that of an application is preferred: XML names its charset itself, unlike text. */
    private static int rank(String name, @Nullable Object source) {
        int bySource = SOURCES.indexOf(source == null ? "" : source);
        return 2 * bySource + (name.startsWith("application/") ? 1 : 0);
    }

    private static MediaType type(String name, Map<?, ?> properties) {
        // "text/javascript" is the type to use, and "application/javascript" obsolete: RFC 9239, 6.
        String text = name.equals("application/javascript") ? "text/javascript" : name;
        boolean plain = text.startsWith("text/");
        return new MediaType(
                plain ? text + "; charset=utf-8" : text, plain || Boolean.TRUE.equals(properties.get("compressible")));
    }
}
