package io.sockeye.client.internal.socket;

import io.sockeye.client.NotSentException;
import io.sockeye.socket.PendingAck;

/** Who waits for an acknowledgement, and may hear that the event is not sent at all: one of all methods is called, once. */
public interface AckReceiver extends PendingAck {
    /** The event is not sent. */
    void failed(NotSentException failure);
}
