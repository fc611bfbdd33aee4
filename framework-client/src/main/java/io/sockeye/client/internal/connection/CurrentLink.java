package io.sockeye.client.internal.connection;

import io.sockeye.engine.EnginePacket;
import io.sockeye.engine.TransportKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to the server for all sockets of a client: the link of the moment, if there is one. Owned by the loop. */
public final class CurrentLink {
    private final WaitingBytes waitingBytes;
    /** Null while there is none. */
    private @Nullable Link link;
    /** Null unless there is a connection. */
    private volatile @Nullable TransportKind transport;

    CurrentLink(WaitingBytes waitingBytes) {
        this.waitingBytes = waitingBytes;
    }

    /** What waits to be sent, of all sockets. Any thread. */
    public WaitingBytes waitingBytes() {
        return waitingBytes;
    }

    /** The transport that carries the connection; null unless there is one. Any thread. */
    @Nullable
    public TransportKind transport() {
        return transport;
    }

    @Nullable
    Link link() {
        return link;
    }

    boolean isOver(Link candidate) {
        return candidate == link;
    }

    /** A link is to connect. */
    void attach(Link fresh) {
        link = fresh;
    }

    /** The link is connected, over this transport. */
    void carriedBy(TransportKind kind) {
        transport = kind;
    }

    /** The link that there was; null if there was none. */
    @Nullable
    Link detach() {
        var last = link;
        link = null;
        transport = null;
        waitingBytes.inConnection(0);
        return last;
    }

    /** So many bytes wait in a link. */
    void waiting(Link holder, long bytes) {
        if (holder == link) {
            waitingBytes.inConnection(bytes);
        }
    }

    public boolean writable() {
        return link != null && link.writable();
    }

    public void send(List<EnginePacket> packets) {
        if (link != null) {
            link.send(packets);
        }
    }

    public void withdraw(List<EnginePacket> packets) {
        if (link != null) {
            link.withdraw(packets);
        }
    }

    /** See {@link io.sockeye.engine.ClientSession#tooLong}. */
    public long tooLong(List<EnginePacket> packets) {
        return link == null ? 0 : link.tooLong(packets);
    }

    /** Bytes that the server takes in one message; 0 if it has not said. */
    public long maxPayload() {
        return link == null ? 0 : link.maxPayload();
    }

    /** Ends a connection that is dead, before something is sent over it. */
    public void checkHeartbeat() {
        if (link != null) {
            link.checkHeartbeat();
        }
    }
}
