package io.sockeye.server.internal.socket;

import io.sockeye.engine.session.ServerSession;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.context.ServerLoop;
import io.sockeye.server.internal.rooms.LoopRooms;
import io.sockeye.server.internal.rooms.RoomMemory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of one connection, and what they share: its session, its loop, whether it is read. Owned by the loop, but for {@link #transport} and {@link #loop}. */
public final class ConnectionSockets {
    private static final Logger log = LoggerFactory.getLogger(ConnectionSockets.class);

    private final LoopSockets loop;
    /** By their namespaces, in the order in which they were joined. */
    private final Map<String, LocalSocket> sockets = new LinkedHashMap<>(2);

    private final ReadingControl attention = new ReadingControl(this);
    private final LeavingSockets departures;
    private final RequestMemory request;
    private final RoomMemory roomMemory;
    /** Whether the client broke the rules, or is about to go: nothing that it sends counts any more. */
    private boolean failed;

    private @Nullable ServerSession session;
    private volatile TransportKind transport;

    /** @param request that has opened the connection */
    public ConnectionSockets(LoopSockets loop, ServerContext context, HttpRequest request, TransportKind first) {
        this.loop = loop;
        this.departures = new LeavingSockets(this, context.maxNamespaces());
        this.request = new RequestMemory(request, context.memory().in());
        this.roomMemory = new RoomMemory(context.memory().in());
        this.transport = first;
    }

    /** Called once, before all else. */
    public void start(ServerSession opened) {
        session = opened;
    }

    public ServerSession session() {
        return Objects.requireNonNull(session);
    }

    /** Any thread. */
    public ServerLoop loop() {
        return loop.rooms().loop();
    }

    /** Those of the loop. */
    public LoopRooms rooms() {
        return loop.rooms();
    }

    LoopSockets onLoop() {
        return loop;
    }

    /** Null if clients cannot come back. Any thread. */
    @Nullable
    SessionKeeper keeper() {
        return loop.keeper();
    }

    /** The transport at present; any thread. */
    TransportKind transport() {
        return transport;
    }

    /** Whether clients may join namespaces. */
    public boolean isOpen() {
        return !failed && session().isOpen();
    }

    /** Whether nothing that the client sends counts any more. */
    public boolean hasFailed() {
        return failed;
    }

    /** Nothing that the client sends counts any more. */
    public void fail() {
        failed = true;
    }

    public void send(List<EnginePacket> packets) {
        session().send(packets);
    }

    public ReadingControl attention() {
        return attention;
    }

    LeavingSockets departures() {
        return departures;
    }

    /** For the request that has opened the connection. */
    public RequestMemory request() {
        return request;
    }

    /** For the rooms of its sockets. */
    public RoomMemory roomMemory() {
        return roomMemory;
    }

    /** At any time. */
    public Collection<LocalSocket> all() {
        return Collections.unmodifiableCollection(sockets.values());
    }

    /** The one in that namespace; null if there is none. */
    public @Nullable LocalSocket in(String namespace) {
        return sockets.get(namespace);
    }

    public int size() {
        return sockets.size();
    }

    public void add(LocalSocket socket) {
        sockets.put(socket.namespace().name(), socket);
    }

    /** The socket left its namespace. */
    void remove(LocalSocket socket) {
        sockets.remove(socket.namespace().name());
    }

    /** Whether the client owes an answer to one of its sockets. */
    boolean awaitsAnswer() {
        return sockets.values().stream().anyMatch(socket -> socket.delivery().awaitsAnswer());
    }

    /** The connection goes on over another transport. */
    public void upgraded(TransportKind next) {
        transport = next;
        for (var socket : new ArrayList<>(sockets.values())) {
            socket.upgraded(next);
        }
    }

    /** The client is there on another connection: nothing can come from this one any more. */
    public void abandon() {
        end(DisconnectReason.TRANSPORT_CLOSE);
        close(CloseReason.TRANSPORT_CLOSE);
    }

    /** Ends the sockets that have missed what had that number in the log; their client comes back and begins anew. */
    public void missed(long number) {
        var behind = sockets.values().stream()
                .filter(socket -> socket.membership().notYetApplied(number))
                .toList();
        behind.forEach(socket -> socket.ending().gone(DisconnectReason.EVENTS_MISSED));
        if (!behind.isEmpty()) {
            close(CloseReason.FORCED_CLOSE);
        }
    }

    /** Says goodbye in all namespaces and closes the connection. */
    void disconnect() {
        for (var socket : new ArrayList<>(sockets.values())) {
            socket.ending().leaveNamespace();
        }
        close(CloseReason.FORCED_CLOSE);
    }

    /** All sockets are gone. */
    public void end(DisconnectReason reason) {
        for (var socket : new ArrayList<>(sockets.values())) {
            try {
                socket.ending().gone(reason);
            } catch (Throwable e) { // The others have to go, too.
                log.error(
                        "a socket of session {} did not end as it should",
                        session().sid(),
                        e);
            }
        }
    }

    /** Closes the engine session once what was sent has left. */
    public void close(CloseReason reason) {
        session().close(reason, loop().nowMillis());
    }
}
