package io.sockeye.server;

import io.sockeye.engine.EnginePacket;
import io.sockeye.socket.SocketPacket;
import java.util.List;

/**
 * An event on its way to one or many sockets, encoded once for all of them.
 *
 * @param packets the very same list for everybody: transports recognise it
 * @param droppable whether it is dropped for those who cannot take it at once
 */
record Outgoing(SocketPacket.Event event, List<EnginePacket> packets, boolean droppable) {
    static Outgoing of(SocketPacket.Event event, Flags flags, ServerContext context) {
        return new Outgoing(event, context.parser().encode(event), flags.droppable());
    }
}
