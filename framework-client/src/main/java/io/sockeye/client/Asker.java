package io.sockeye.client;

import io.sockeye.socket.PendingAck;

/** Who waits for an acknowledgement, and may hear that the event is not sent at all: one of all methods is called, once. */
interface Asker extends PendingAck {
    /** The event is not sent. */
    void failed(NotSentException failure);
}
