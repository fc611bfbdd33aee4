package io.sockeye.server.internal.socket;

import io.sockeye.server.Socket;
import io.sockeye.server.internal.namespace.LocalNamespace;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What one client has in a namespace, also if it comes back on another connection: there it has another {@link Socket} with
 * the same session.
 *
 * @param id of its sockets
 * @param mailboxes shared, so that the end of one socket is handled before the beginning of the next
 * @param state null if the client cannot come back
 */
public record SocketSession(
        String id,
        LocalNamespace namespace,
        ConcurrentMap<String, Object> data,
        HandlerMailboxes mailboxes,
        @Nullable RecoveryState state) {}
