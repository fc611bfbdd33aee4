package io.sockeye.socket;

import io.sockeye.json.JsonArray;

/** Who waits for an acknowledgement. Exactly one of the methods is called, once. */
public interface PendingAck {
    void answered(JsonArray arguments);

    void timedOut();

    void disconnected();
}
