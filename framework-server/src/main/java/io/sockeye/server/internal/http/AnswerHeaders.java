package io.sockeye.server.internal.http;

import io.sockeye.server.http.HeaderHook;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The headers that whatever answers one request gets, such as those of CORS. Owned by the exchange's loop. */
final class AnswerHeaders {
    private final Map<String, String> extras = new LinkedHashMap<>(4);
    /** The application's, which has the last word; null for none. */
    private @Nullable HeaderHook hook;

    void hook(@Nullable HeaderHook wanted) {
        hook = wanted;
    }

    void add(String name, String value) {
        extras.put(name, value);
    }

    void remove(String name) {
        extras.remove(name);
    }

    /** With what every answer gets. */
    HttpHeaders extended(HttpHeaders headers) {
        var all = headers;
        for (var extra : extras.entrySet()) {
            boolean joins = extra.getKey().equals("vary"); // Not the one who adds to it last counts.
            String present =
                    joins ? all.first("Vary").map(value -> value + ", ").orElse("") : "";
            all = all.with(extra.getKey(), present + extra.getValue());
        }
        return all;
    }

    /** What the hook, if there is one, makes of the headers. */
    HttpHeaders hooked(HttpHeaders headers, Supplier<HttpRequest> request) {
        return hook == null ? headers : hook.apply(headers, request.get());
    }
}
