package io.sockeye.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The namespaces of a server by their names. Any thread. */
final class Namespaces {
    private final ServerContext context;
    private final Map<String, Namespace> byName = new ConcurrentHashMap<>();

    Namespaces(ServerContext context) {
        this.context = context;
    }

    Namespace getOrCreate(String name) {
        if (!name.startsWith("/") || name.indexOf(',') >= 0) {
            throw new IllegalArgumentException("a namespace starts with '/' and has no comma: " + name);
        }
        return byName.computeIfAbsent(name, key -> new Namespace(key, context));
    }

    @Nullable
    Namespace find(String name) {
        return byName.get(name);
    }
}
