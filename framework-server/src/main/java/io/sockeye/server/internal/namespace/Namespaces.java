package io.sockeye.server.internal.namespace;

import io.sockeye.server.ConnectContext;
import io.sockeye.server.ConnectionRefused;
import io.sockeye.server.NamespaceHandler;
import io.sockeye.server.NamespaceMatcher;
import io.sockeye.server.internal.context.ServerContext;
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
public final class Namespaces {
    private final NamespaceParts parts;
    private final ServerContext context;
    private final Map<String, NamespaceEntry> byName = new ConcurrentHashMap<>();
    private final List<MatchedNamespaces> dynamic = new CopyOnWriteArrayList<>();
    private final DynamicCount dynamicCount;
    private final List<NamespaceHandler> handlers = new CopyOnWriteArrayList<>();

    /** @param maxDynamic how many may be brought into being by clients */
    public Namespaces(NamespaceParts parts, int maxDynamic) {
        this.parts = parts;
        this.context = parts.context();
        this.dynamicCount = new DynamicCount(context, maxDynamic);
    }

    NamespaceParts parts() {
        return parts;
    }

    public void onNamespace(NamespaceHandler handler) {
        handlers.add(handler);
    }

    public LocalNamespace getOrCreate(String name) {
        if (!name.startsWith("/") || name.indexOf(',') >= 0) {
            throw new IllegalArgumentException("a namespace starts with '/' and has no comma: " + name);
        }
        return make(name, false, () -> newNamespace(name)).namespace();
    }

    private LocalNamespace newNamespace(String name) {
        for (var parent : dynamic) {
            if (parent.hasName(name)) {
                return parent.newChild(name);
            }
        }
        return new LocalNamespace(name, this, null);
    }

    /**
     * The entry of that name, unless it is ending: then another one. Who makes an entry starts it at once, or has it started
     * by whoever ends the one before.
     *
     * @param byClient whether a client brings it into being
     * @throws ConnectionRefused if there are too many of these
     */
    private NamespaceEntry make(String name, boolean byClient, Supplier<LocalNamespace> maker) {
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

    private void tell(LocalNamespace created) {
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

    public MatchedNamespaces add(Pattern names) {
        return add(new MatchedNamespaces(names, candidate -> matches(names, candidate.namespace()), this));
    }

    public MatchedNamespaces add(NamespaceMatcher matcher) {
        return add(new MatchedNamespaces(null, matcher, this));
    }

    static boolean matches(Pattern names, String name) {
        return names.matcher(name).matches();
    }

    private MatchedNamespaces add(MatchedNamespaces added) {
        dynamic.add(added);
        return added;
    }

    /** Whether there may be namespaces that {@link #enter(String)} does not know. */
    public boolean mayBeMore() {
        return !dynamic.isEmpty();
    }

    /** The first one that knows the candidate's namespace. */
    @Nullable
    public MatchedNamespaces match(ConnectContext candidate) {
        for (var parent : dynamic) {
            if (parent.matches(candidate)) {
                return parent;
            }
        }
        return null;
    }

    /** The namespace, if it is open, which will not end before {@link #leave}. */
    @Nullable
    public LocalNamespace enter(String name) {
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
    public CompletableFuture<LocalNamespace> enter(MatchedNamespaces parent, String name, Executor later) {
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
    public void leave(LocalNamespace left) {
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
    public List<LocalNamespace> all() {
        return byName.values().stream().map(NamespaceEntry::namespace).toList();
    }

    /** A server of the cluster has left: nobody waits for its answers any more. */
    public void gone(String server) {
        for (var entry : byName.values()) {
            entry.namespace().questions().gone(server);
        }
    }

    public void close() {
        for (var entry : byName.values()) {
            entry.namespace().close();
        }
    }
}
