package io.sockeye.server.internal.namespace;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonException;
import io.sockeye.server.ServerEventHandler;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.threads.Mailbox;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the servers of a cluster tell each other in one namespace. Any thread; handlers are called in order. */
final class ServerEvents {
    private final ServerContext context;
    private final Mailbox mailbox;
    private final Map<String, List<ServerEventHandler>> handlers = new ConcurrentHashMap<>(0);

    ServerEvents(ServerContext context) {
        this.context = context;
        this.mailbox = context.mailbox(null);
    }

    void add(String event, ServerEventHandler handler) {
        handlers.computeIfAbsent(event, name -> new CopyOnWriteArrayList<>()).add(handler);
    }

    private void call(ServerEventHandler handler, Args args, String where) {
        context.calls()
                .guard(
                        () -> handler.handle(args),
                        () -> where,
                        error -> context.refusals().failed(error, args, where));
    }

    /** @throws JsonException if the arguments do not start with the event's name */
    void receive(JsonArray arguments, @Nullable Consumer<List<?>> ack) {
        String event = arguments.stringAt(0);
        if (event == null) {
            throw new JsonException("an event of another server without a name: " + arguments);
        }
        var args = new Args(arguments.from(1), ack == null ? Ack.NONE : Ack.of(ack));
        mailbox.post(() -> handlers.getOrDefault(event, List.of())
                .forEach(handler -> call(handler, args, "handler of server event '" + event + "'")));
    }
}
