package io.sockeye.client.internal.socket;

import io.sockeye.ack.PendingAck;
import io.sockeye.client.NotSentException;

/** Gets the outcome of an event that asks for an acknowledgement: exactly one of all methods is called, once. */
public interface AckReceiver extends PendingAck {
    /** The event will not be sent. */
    void failed(NotSentException failure);
}
