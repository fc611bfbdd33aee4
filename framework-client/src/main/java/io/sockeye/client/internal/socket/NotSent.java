package io.sockeye.client.internal.socket;

import io.sockeye.client.NotSentException;
import io.sockeye.client.NotSentException.Reason;
import java.util.Locale;

/** Makes exceptions for events that are not sent. */
public final class NotSent {
    private NotSent() {}

    public static NotSentException outboxFull(String event, long bytes, long waiting, long limit) {
        return new NotSentException(
                Reason.OUTBOX_FULL,
                event,
                format("event '%s': %,d bytes, %,d wait already, outboxBytes is %,d", event, bytes, waiting, limit));
    }

    static NotSentException tooBig(String event, long bytes, long limit) {
        return new NotSentException(Reason.TOO_BIG, event, "event '" + event + "': " + excess(bytes, limit));
    }

    static NotSentException busy(String event) {
        return new NotSentException(
                Reason.BUSY, event, "volatile event '" + event + "': the connection does not take it at once");
    }

    static String excess(long bytes, long limit) {
        return format("%,d bytes, the server takes %,d", bytes, limit);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
