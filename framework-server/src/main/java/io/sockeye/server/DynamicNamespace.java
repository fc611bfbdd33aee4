package io.sockeye.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces whose names fit: each comes into being when the first client joins it, once the middleware has let that
 * client pass. Handlers and middleware that are added here are those of all of them. Any thread.
 *
 * <pre>{@code
 * server.of(Pattern.compile("/room-\\d+"))
 *         .use(context -> checkToken(context.auth(Token.class)))
 *         .onConnection(socket -> socket.namespace().emit("joined", socket.id()));
 * }</pre>
 */
public final class DynamicNamespace extends NamespaceScope<DynamicNamespace> {
    /** Null if the names alone do not decide. */
    private final @Nullable Pattern names;

    private final NamespaceMatcher matcher;
    private final ServerContext context;
    private final Handlers handlers = new Handlers();
    private final List<AsyncMiddleware> middleware = new CopyOnWriteArrayList<>();
    private final List<Namespace> children = new CopyOnWriteArrayList<>();

    DynamicNamespace(@Nullable Pattern names, NamespaceMatcher matcher, ServerContext context) {
        this.names = names;
        this.matcher = matcher;
        this.context = context;
    }

    /** Those that exist at the moment. */
    public List<Namespace> namespaces() {
        return List.copyOf(children);
    }

    /** Sends an event to the sockets of all of them. */
    public void emit(String event, @Nullable Object... args) {
        children.forEach(child -> child.emit(event, args));
    }

    boolean matches(ConnectContext candidate) {
        var answer = new boolean[1];
        context.guard(() -> answer[0] = matcher.matches(candidate), () -> "matcher of dynamic namespaces");
        return answer[0];
    }

    /** Whether a namespace of that name is one of these, whoever wants to join. */
    boolean hasName(String name) {
        return names != null && Namespaces.matches(names, name);
    }

    Namespace newChild(String name) {
        var child = new Namespace(name, context, this);
        children.add(child);
        return child;
    }

    void remove(Namespace child) {
        children.remove(child);
    }

    @Override
    DynamicNamespace self() {
        return this;
    }

    @Override
    Handlers handlers() {
        return handlers;
    }

    @Override
    List<AsyncMiddleware> middleware() {
        return middleware;
    }
}
