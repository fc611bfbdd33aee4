package io.sockeye.server;

import java.util.List;

/**
 * A client that was disconnected because too much was held for it, or because there were too many.
 *
 * @param sockets its sockets, which are not connected any more
 * @param reason {@link DisconnectReason#OUTBOX_OVERFLOW}, {@link DisconnectReason#MAILBOX_OVERFLOW}, {@link
 *     DisconnectReason#MEMORY} or {@link DisconnectReason#TOO_MANY_SESSIONS}
 * @param inBytes bytes that it had sent and that were not handled
 * @param outBytes bytes that it had not taken
 */
public record Overflow(List<Socket> sockets, DisconnectReason reason, long inBytes, long outBytes) {
    public Overflow {
        sockets = List.copyOf(sockets);
    }
}
