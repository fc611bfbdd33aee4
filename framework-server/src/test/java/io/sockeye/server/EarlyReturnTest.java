package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.server.adapter.Adapter;
import io.sockeye.server.adapter.LocalSockets;
import io.sockeye.server.internal.namespace.InMemoryAdapter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A client comes back on another loop in the very moment in which its session can be given back. */
class EarlyReturnTest {
    private final List<String> told = new ArrayList<>();
    /** Runs when the adapter of a namespace is closed. */
    private Runnable onClose = () -> {};

    private final HandServer server = new HandServer(
            2,
            builder -> builder.connectionStateRecovery(ConnectionStateRecovery.within(Duration.ofMinutes(2))
                            .maxSessions(1))
                    .adapter(this::adapter));

    private Adapter adapter(LocalSockets sockets) {
        var usual = new InMemoryAdapter(sockets);
        return (Adapter) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Adapter.class},
                (proxy, method, args) -> call(usual, method, args));
    }

    private @Nullable Object call(Adapter usual, Method method, Object @Nullable [] args) throws Throwable {
        if (method.getName().equals("close")) {
            onClose.run();
        }
        try {
            return method.invoke(usual, args);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** It is parked first, and then the session of another client is forgotten for it, whose namespace ends with it. */
    @Test
    void isToldOfBehindTheEndOfItsOldSocket() {
        server.core.namespaces().add(Pattern.compile("/d"));
        server.namespace("/")
                .onConnection(socket -> told.add("connected " + socket.recovered()))
                .onDisconnect((socket, reason) -> told.add("disconnected " + socket.recovered()));
        var other = server.open();
        other.send("40/d,");
        server.runHandlers();
        other.leave();
        var client = server.join();
        server.runHandlers();
        var returned = new ArrayList<HandClient>();
        onClose = () -> {
            var again = server.open(1);
            returned.add(again);
            again.send("40{\"pid\":\"" + client.pid() + "\",\"offset\":\"\"}");
        };
        client.leave();
        server.runHandlers();
        assertThat(returned).singleElement().matches(HandClient::isOpen);
        assertThat(told).containsExactly("connected false", "disconnected false", "connected true");
    }
}
