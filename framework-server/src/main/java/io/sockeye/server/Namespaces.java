package io.sockeye.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The namespaces of a server by their names. Any thread. */
final class Namespaces {
    private final ServerContext context;
    private final Map<String, Namespace> byName = new ConcurrentHashMap<>();
    private final List<DynamicNamespace> dynamic = new CopyOnWriteArrayList<>();
    private final List<NamespaceHandler> handlers = new CopyOnWriteArrayList<>();
    /** Those whose handlers are being told of them; guarded by this. */
    private final Map<String, Namespace> coming = new HashMap<>(2);

    Namespaces(ServerContext context) {
        this.context = context;
    }

    void onNamespace(NamespaceHandler handler) {
        handlers.add(handler);
    }

    synchronized Namespace getOrCreate(String name) {
        if (!name.startsWith("/") || name.indexOf(',') >= 0) {
            throw new IllegalArgumentException("a namespace starts with '/' and has no comma: " + name);
        }
        var present = byName.getOrDefault(name, coming.get(name));
        if (present != null) {
            return present;
        }
        for (var parent : dynamic) {
            if (parent.hasName(name)) {
                return add(parent.newChild(name));
            }
        }
        return add(new Namespace(name, context, null));
    }

    /** Nobody else finds it before all handlers were told. */
    private Namespace add(Namespace created) {
        coming.put(created.name(), created);
        for (var handler : handlers) {
            context.guard(() -> handler.handle(created), () -> "handler of new namespace " + created.name());
        }
        coming.remove(created.name());
        byName.put(created.name(), created);
        return created;
    }

    DynamicNamespace add(Pattern names) {
        return add(new DynamicNamespace(names, candidate -> matches(names, candidate.namespace()), context));
    }

    DynamicNamespace add(NamespaceMatcher matcher) {
        return add(new DynamicNamespace(null, matcher, context));
    }

    static boolean matches(Pattern names, String name) {
        return names.matcher(name).matches();
    }

    private DynamicNamespace add(DynamicNamespace added) {
        dynamic.add(added);
        return added;
    }

    /** Whether there may be namespaces that {@link #enter(String)} does not know. */
    boolean mayBeMore() {
        return !dynamic.isEmpty();
    }

    /** The first one that knows the candidate's namespace. */
    @Nullable
    DynamicNamespace match(ConnectContext candidate) {
        for (var parent : dynamic) {
            if (parent.matches(candidate)) {
                return parent;
            }
        }
        return null;
    }

    /** The namespace, if it exists, which will not end before {@link #leave}. */
    @Nullable
    Namespace enter(String name) {
        return byName.computeIfPresent(name, (key, present) -> {
            present.entered();
            return present;
        });
    }

    /** The same for one that need not exist yet. */
    synchronized Namespace enter(DynamicNamespace parent, String name) {
        var present = enter(name);
        if (present != null) {
            return present;
        }
        var child = parent.newChild(name);
        child.entered();
        return add(child);
    }

    /** A socket with its handlers, or somebody who wanted to become one, is gone. */
    void leave(Namespace left) {
        byName.computeIfPresent(left.name(), (key, present) -> {
            boolean empty = present.left();
            if (!empty || !present.isChild() || !context.cleanupEmptyChildNamespaces()) {
                return present;
            }
            present.close();
            return null;
        });
    }

    void close() {
        byName.values().forEach(Namespace::close);
    }
}
