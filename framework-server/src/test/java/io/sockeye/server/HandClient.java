package io.sockeye.server;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.ServerSession;

/** A client whose packets a test hands over itself. */
record HandClient(HandServer server, HandLoop loop, ServerSession session, HandTransport transport) {
    void send(String packet) {
        loop.turn(() -> session.receiveFrame(transport, Bytes.ofUtf8(packet), false, loop.nowMillis()));
    }

    /** So many bytes as a binary message. */
    void send(int bytes) {
        loop.turn(() -> session.receiveFrame(transport, Bytes.wrap(new byte[bytes]), true, loop.nowMillis()));
    }

    /** Its connection, as long as it is open. */
    Connection connection() {
        return server.shards.stream()
                .flatMap(shard -> shard.connections().stream())
                .filter(connection -> connection.session() == session)
                .findAny()
                .orElseThrow();
    }

    /** Whether what it sends is read. */
    boolean isRead() {
        return session.isReading();
    }

    boolean isOpen() {
        return session.isOpen();
    }
}
