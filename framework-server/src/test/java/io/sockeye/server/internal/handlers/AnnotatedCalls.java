package io.sockeye.server.internal.handlers;

import io.sockeye.bytes.Bytes;
import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.json.Json;
import io.sockeye.json.Typed;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.Socket;
import io.sockeye.server.Sockets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls the annotated methods of an object as a namespace would, on this thread; remembers the acknowledgements. */
public final class AnnotatedCalls {
    public static final Socket ADA = Sockets.unconnected("ada");

    private final AnnotatedHandlers handlers;
    private final List<@Nullable Object> sent = new ArrayList<>();
    private final List<String> written = new ArrayList<>();

    AnnotatedCalls(Object owner) {
        handlers = AnnotatedHandlers.of(owner, Sockets.CONTEXT.handling());
    }

    AnnotatedHandlers handlers() {
        return handlers;
    }

    void connect() throws Exception {
        for (var handler : handlers.connection()) {
            handler.handle(ADA);
        }
    }

    void disconnect(DisconnectReason reason) throws Exception {
        for (var handler : handlers.disconnect()) {
            handler.handle(ADA, reason);
        }
    }

    /** @param arguments JSON, such as {@code [1,"two"]} */
    void event(String name, String arguments) throws Exception {
        for (var registration : handlers.events()) {
            if (registration.event().equals(name)) {
                var array = Json.standard().readArray(Bytes.ofUtf8(arguments), 0);
                registration.handler().handle(ADA, new Args(array, Ack.of(this::send)));
            }
        }
    }

    private void send(List<?> values) {
        written.add(Json.standard().array(values).raw().utf8());
        values.forEach(value -> sent.add(value instanceof Typed typed ? typed.value() : value));
    }

    /** The values of all acknowledgements so far. */
    List<@Nullable Object> sent() {
        return sent;
    }

    /** The same as JSON. */
    List<String> written() {
        return written;
    }
}
