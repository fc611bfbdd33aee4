package io.sockeye.server.internal.namespace;

import io.sockeye.server.adapter.AdapterFactory;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.rooms.Loops;
import org.jspecify.annotations.Nullable;

/**
 * What namespaces need of their server.
 *
 * @param server its name
 * @param order null if clients cannot come back
 */
public record NamespaceParts(
        ServerContext context,
        Loops loops,
        String server,
        AdapterFactory adapters,
        @Nullable EventOrder order) {}
