package io.sockeye.server;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The namespaces of a server by their names. Any thread. */
final class Namespaces {
    private final ServerContext context;
    private final Map<String, NamespaceEntry> byName = new ConcurrentHashMap<>();
    private final List<DynamicNamespace> dynamic = new CopyOnWriteArrayList<>();
    private final DynamicCount dynamicCount;
    private final List<NamespaceHandler> handlers = new CopyOnWriteArrayList<>();

    /** @param maxDynamic how many may be brought into being by clients */
    Namespaces(ServerContext context, int maxDynamic) {
        this.context = context;
        this.dynamicCount = new DynamicCount(context, maxDynamic);
    }

    void onNamespace(NamespaceHandler handler) {
        handlers.add(handler);
    }

    Namespace getOrCreate(String name) {
        if (!name.startsWith("/") || name.indexOf(',') >= 0) {
            throw new IllegalArgumentException("a namespace starts with '/' and has no comma: " + name);
        }
        return make(name, false, () -> newNamespace(name)).namespace();
    }

    private Namespace newNamespace(String name) {
        for (var parent : dynamic) {
            if (parent.hasName(name)) {
                return parent.newChild(name);
            }
        }
        return new Namespace(name, context, null);
    }

    /**
     * The entry of that name, unless it is ending: then another one. Who makes an entry starts it at once, or has it started
     * by whoever ends the one before.
     *
     * @param byClient whether a client brings it into being
     * @throws ConnectionRefused if there are too many of these
     */
    private NamespaceEntry make(String name, boolean byClient, Supplier<Namespace> maker) {
        var made = new AtomicReference<@Nullable NamespaceEntry>();
        var entry = byName.compute(name, (key, present) -> {
            if (present != null && !present.isEnding()) {
                return present;
            }
            if (byClient) {
                dynamicCount.add();
            }
            var next = new NamespaceEntry(maker.get(), byClient, present);
            made.set(next);
            return next;
        });
        if (entry == made.get()) {
            var free = entry.free();
            if (free.isDone()) {
                start(entry);
            } else {
                String where = "adapter of namespace " + name;
                free.thenRun(() -> context.calls()
                        .guardAnywhere(
                                () -> start(entry),
                                () -> where,
                                error -> context.calls().report(error, where)));
            }
        }
        return entry;
    }

    private void start(NamespaceEntry entry) {
        var namespace = entry.namespace();
        boolean started = false;
        try {
            namespace.start();
            started = true;
        } finally {
            if (!started) {
                remove(namespace.name(), entry);
            }
        }
        tell(namespace);
        entry.open();
    }

    private void tell(Namespace created) {
        for (var handler : handlers) {
            String where = "handler of new namespace " + created.name();
            context.calls()
                    .guardAnywhere(
                            () -> handler.handle(created),
                            () -> where,
                            error -> context.calls().report(error, where));
        }
    }

    private void remove(String name, NamespaceEntry entry) {
        byName.remove(name, entry);
        if (entry.byClient()) {
            dynamicCount.remove();
        }
        entry.gone();
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

    /** The namespace, if it is open, which will not end before {@link #leave}. */
    @Nullable
    Namespace enter(String name) {
        var present = byName.get(name);
        return present == null ? null : present.enter();
    }

    /**
     * The same for one that need not exist yet. Completes once it is entered: at once if nobody else is making or ending
     * it, otherwise later. No thread waits meanwhile, since it may be an event loop, and two of them could wait for each
     * other.
     *
     * @param later runs the rest then, on a thread on which user code may run
     */
    CompletableFuture<Namespace> enter(DynamicNamespace parent, String name, Executor later) {
        var entered = enter(name);
        while (entered == null) {
            var settled = make(name, true, () -> parent.newChild(name)).settled();
            if (!settled.isDone()) {
                return settled.thenComposeAsync(now -> enter(parent, name, later), later);
            }
            entered = enter(name);
        }
        return CompletableFuture.completedFuture(entered);
    }

    /** A socket with its handlers, or somebody who wanted to become one, is gone. */
    void leave(Namespace left) {
        var entry = byName.get(left.name());
        if (entry == null || entry.namespace() != left || !entry.leave(context.cleanupEmptyChildNamespaces())) {
            return;
        }
        try {
            left.close();
        } finally {
            remove(left.name(), entry);
        }
    }

    /** All that exist at present, or are just being made or ended. */
    List<Namespace> all() {
        return byName.values().stream().map(NamespaceEntry::namespace).toList();
    }

    /** A server of the cluster has left: nobody waits for its answers any more. */
    void gone(String server) {
        for (var entry : byName.values()) {
            entry.namespace().questions().gone(server);
        }
    }

    void close() {
        for (var entry : byName.values()) {
            entry.namespace().close();
        }
    }
}
