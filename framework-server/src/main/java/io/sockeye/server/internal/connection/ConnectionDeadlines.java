package io.sockeye.server.internal.connection;

import io.sockeye.protocol.CloseReason;
import io.sockeye.server.internal.threads.Deadlines;

/** What a connection must do, or its client, until a certain time. Owned by the shard's loop. */
final class ConnectionDeadlines {
    private final Deadlines.Deadline session;
    private final Deadlines.Deadline connect;
    private final AttachmentDeadline attachments;

    ConnectionDeadlines(Connection connection, Deadlines deadlines) {
        session = deadlines.create(connection::tick);
        connect = deadlines.create(now -> connection.close(CloseReason.FORCED_CLOSE));
        attachments = new AttachmentDeadline(
                connection, deadlines, connection.context().attachmentTimeoutMillis());
    }

    /** When the session has something to do, such as a ping. */
    Deadlines.Deadline session() {
        return session;
    }

    /** Until when the client must have joined a namespace. */
    Deadlines.Deadline connect() {
        return connect;
    }

    /** Until when the attachments of the present packet must have arrived. */
    AttachmentDeadline attachments() {
        return attachments;
    }

    /** Nothing is due any more. */
    void forget() {
        session.set(Long.MAX_VALUE);
        connect.set(Long.MAX_VALUE);
        attachments.forget();
    }
}
