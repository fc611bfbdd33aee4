package io.sockeye.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.session.ServerSession;
import io.sockeye.protocol.CloseReason;
import io.sockeye.server.internal.connection.Connection;
import java.util.regex.Pattern;

/** A client whose packets a test hands over itself. */
public record HandClient(HandServer server, HandLoop loop, ServerSession session, HandTransport transport) {
    private static final Pattern PID = Pattern.compile("\"pid\":\"([^\"]+)\"");

    public void send(String packet) {
        loop.turn(() -> session.receiveFrame(transport, Bytes.ofUtf8(packet), false, loop.nowMillis()));
    }

    /** So many bytes as a binary message. */
    public void send(int bytes) {
        loop.turn(() -> session.receiveFrame(transport, Bytes.wrap(new byte[bytes]), true, loop.nowMillis()));
    }

    /** Its connection is lost. */
    void leave() {
        loop.turn(() -> session.transportClosed(transport, CloseReason.TRANSPORT_CLOSE));
    }

    /** The secret that it was told, by which it can come back. */
    String pid() {
        var found = PID.matcher(String.join("", transport.sent));
        assertThat(found.find()).isTrue();
        return found.group(1);
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

    public boolean isOpen() {
        return session.isOpen();
    }
}
