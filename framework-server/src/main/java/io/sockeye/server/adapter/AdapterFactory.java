package io.sockeye.server.adapter;

import io.sockeye.server.internal.namespace.InMemoryAdapter;

/**
 * Makes the {@link Adapter} of each namespace.
 *
 * <pre>{@code
 * SocketServer.builder().adapter(AdapterFactory.inMemory());
 * }</pre>
 */
@FunctionalInterface
public interface AdapterFactory {
    /** The adapter of a namespace; called once, before any socket joins. */
    Adapter create(LocalSockets sockets);

    /** Adapters of servers that know no other server: the default. */
    static AdapterFactory inMemory() {
        return InMemoryAdapter::new;
    }
}
