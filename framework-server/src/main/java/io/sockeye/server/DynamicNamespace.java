package io.sockeye.server;

import io.sockeye.event.Event;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces whose names match: each is created when the first client has passed the middleware. Handlers and
 * middleware that are added here are those of all of them. Any thread.
 *
 * <pre>{@code
 * server.of(Pattern.compile("/room-\\d+"))
 *         .use(context -> checkToken(context.auth(Token.class)))
 *         .onConnection(socket -> socket.namespace().emit("joined", socket.id()));
 * }</pre>
 */
public interface DynamicNamespace extends NamespaceHandlers<DynamicNamespace> {
    /** Those that exist at present, in no order. */
    List<Namespace> namespaces();

    /** Sends an event to the sockets of all of them. */
    void emit(String event, @Nullable Object @Nullable ... args);

    /** Sends an event with its argument to the sockets of all of them. */
    <T> void emit(Event<T> event, T value);

    /** Sends an event that has no argument to the sockets of all of them. */
    void emit(Event<Void> event);

    /** See {@link DynamicBroadcast#to}. */
    DynamicBroadcast to(String... rooms);

    /** See {@link DynamicBroadcast#in}. */
    DynamicBroadcast in(String... rooms);

    /** See {@link DynamicBroadcast#except}. */
    DynamicBroadcast except(String... rooms);

    /** See {@link DynamicBroadcast#local}. */
    DynamicBroadcast local();

    /** See {@link DynamicBroadcast#asVolatile}. */
    DynamicBroadcast asVolatile();

    /** See {@link DynamicBroadcast#compress}. */
    DynamicBroadcast compress(boolean wanted);

    /** Runs their handlers on this executor, unless one of them has another; see {@link Namespace#handlerExecutor}. */
    DynamicNamespace handlerExecutor(Executor executor);

    /** Runs their handlers on the event loops; see {@link Namespace#handlersOnEventLoop}. */
    DynamicNamespace handlersOnEventLoop();
}
