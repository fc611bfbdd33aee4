package io.sockeye.server.internal.connection;

import io.sockeye.protocol.ProtocolException;
import io.sockeye.server.internal.http.Pace;
import io.sockeye.server.internal.threads.Deadlines;
import org.jspecify.annotations.Nullable;

/**
 * Until when the attachments of the present packet must have arrived (CVE-2026-33151), and whether they come fast enough
 * until then. Owned by the connection's loop.
 */
final class AttachmentDeadline {
    private final Connection connection;
    private final long timeoutMillis;
    private final Deadlines.Deadline nextLook;
    private final Pace pace = new Pace();
    /** Stands for the packet that is not complete; null if there is none. */
    private @Nullable Object packet;

    private long endMillis;
    private long lookMillis;

    AttachmentDeadline(Connection connection, Deadlines deadlines, long timeoutMillis) {
        this.connection = connection;
        this.timeoutMillis = timeoutMillis;
        this.nextLook = deadlines.create(this::look);
    }

    /** A part of a packet has arrived, and further ones must. */
    void part(long bytes, long nowMillis) {
        pace.received(bytes);
        if (packet == null) {
            packet = new Object();
            endMillis = nowMillis + timeoutMillis;
            pace.late(packet, nowMillis);
            lookLater(nowMillis);
        }
    }

    /** Nothing is awaited any more. */
    void forget() {
        if (packet != null) {
            packet = null;
            nextLook.set(Long.MAX_VALUE);
        }
    }

    private void lookLater(long nowMillis) {
        lookMillis = nowMillis;
        nextLook.set(Math.min(endMillis, nowMillis + Pace.LOOK_MILLIS));
    }

    private void look(long nowMillis) {
        var session = connection.session();
        if (!session.isReading()) { // It is not for the client to go on.
            endMillis += nowMillis - lookMillis;
        }
        // A message or body that is on its way has a pace of its own.
        boolean awaited = session.isReading() && session.partialBytes() == 0;
        if (nowMillis >= endMillis) {
            fail("attachments did not arrive in time");
        } else if (pace.late(awaited ? packet : null, nowMillis)) {
            fail("attachments come slower than " + Pace.RATE + " bytes a second");
        } else {
            lookLater(nowMillis);
        }
    }

    private void fail(String message) {
        packet = null;
        connection.fail(new ProtocolException(message));
    }
}
