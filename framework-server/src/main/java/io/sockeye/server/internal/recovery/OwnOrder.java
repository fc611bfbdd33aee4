package io.sockeye.server.internal.recovery;

import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.Target;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.http.Sid;
import io.sockeye.server.internal.socket.LocalSocket;
import org.jspecify.annotations.Nullable;

/** The order of a server that has its log for itself. Any thread. */
final class OwnOrder implements LogOrder {
    private static final int RADIX = 36;

    private final ServerContext context;
    private final EventLog log;
    private final LogDeliveries deliveries;
    /** Tells the offsets of this server from those of others and from texts of the application. */
    private final String prefix;

    OwnOrder(LogParts parts) {
        this.context = parts.context();
        this.log = parts.log();
        this.deliveries = parts.deliveries();
        this.prefix = Sid.random(context.random()).substring(0, 8) + ".";
    }

    @Override
    public void start() {
        // There is nothing to read.
    }

    @Override
    public void whenBegun(Runnable task) {
        task.run();
    }

    @Override
    public void send(String namespace, SocketPacket.Event event, Target target, Flags flags) {
        log.append(
                context.nowMillis(),
                number -> new LogEntry.Sent(namespace, target, Outgoing.logged(event, flags, context, offset(number))),
                deliveries);
    }

    @Override
    public void sendTo(LocalSocket socket, SocketPacket.Event event, Flags flags) {
        log.append(
                context.nowMillis(),
                number -> new LogEntry.SentToOne(
                        socket.namespace().name(), socket.id(), Outgoing.logged(event, flags, context, offset(number))),
                (number, entry) -> {
                    if (socket.connected()) {
                        deliveries.on(socket.connection().loop()).post(number, entry);
                    } else {
                        deliveries.post(number, entry); // Where its client is, if it came back.
                    }
                });
    }

    @Override
    public void change(ClusterLog.Entry what) {
        var change = new LogEntry.SocketChange(what);
        log.append(context.nowMillis(), number -> change, deliveries);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void behind(Runnable task) {
        task.run();
    }

    @Override
    public String offset(long number) {
        return prefix + Long.toString(number, RADIX);
    }

    @Override
    public long number(@Nullable String offset) {
        if (offset == null || !offset.startsWith(prefix)) {
            return -1;
        }
        try {
            return Long.parseLong(offset.substring(prefix.length()), RADIX);
        } catch (NumberFormatException e) {
            return -1; // The application's own text, or made up by the client.
        }
    }

    @Override
    public void expire() {
        // Nothing is waited for.
    }

    @Override
    public int unlogged() {
        return 0;
    }
}
