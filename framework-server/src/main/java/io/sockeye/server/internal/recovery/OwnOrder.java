package io.sockeye.server.internal.recovery;

import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.ClusterLog;
import io.sockeye.server.Flags;
import io.sockeye.server.Target;
import io.sockeye.server.internal.context.Outgoing;
import io.sockeye.server.internal.http.Sid;
import io.sockeye.server.internal.namespace.LocalNamespace;
import io.sockeye.server.internal.server.ServerCore;
import io.sockeye.server.internal.socket.LocalSocket;
import org.jspecify.annotations.Nullable;

/** The order of a server that has its log for itself. Any thread. */
final class OwnOrder implements EventOrder {
    private static final int RADIX = 36;

    private final ServerCore core;
    private final EventLog log;
    private final EventLog.Delivery everywhere;
    /** Tells the offsets of this server from those of others and from texts of the application. */
    private final String prefix;

    OwnOrder(ServerCore core, EventLog log) {
        this.core = core;
        this.log = log;
        this.everywhere = LogDelivery.everywhere(core);
        this.prefix = Sid.random(core.context().random()).substring(0, 8) + ".";
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
    public void send(LocalNamespace namespace, SocketPacket.Event event, Target target, Flags flags) {
        log.append(
                core.context().nowMillis(),
                number -> new LogEntry.Sent(
                        namespace.name(), target, Outgoing.logged(event, flags, core.context(), offset(number))),
                everywhere);
    }

    @Override
    public void sendTo(LocalSocket socket, SocketPacket.Event event, Flags flags) {
        log.append(
                core.context().nowMillis(),
                number -> new LogEntry.SentToOne(
                        socket.namespace().name(),
                        socket.id(),
                        Outgoing.logged(event, flags, core.context(), offset(number))),
                (number, entry) -> {
                    if (socket.connected()) {
                        socket.connection().shard().log().post(number, entry);
                    } else {
                        everywhere.post(number, entry); // Where its client is, if it came back.
                    }
                });
    }

    @Override
    public void steer(ClusterLog.Entry what) {
        var steering = new LogEntry.SocketChange(what);
        log.append(core.context().nowMillis(), number -> steering, everywhere);
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
