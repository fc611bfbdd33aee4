package io.sockeye.ack;

import io.sockeye.json.JsonArray;

/** Receives the outcome of waiting for an acknowledgement. Exactly one of the methods is called, once. */
public interface PendingAck {
    /** The answer arrived. */
    void answered(JsonArray arguments);

    /** The deadline passed. */
    void timedOut();

    /** No answer can arrive any more. */
    void disconnected();
}
