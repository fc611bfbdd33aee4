package io.sockeye.server.engine;

import io.sockeye.engine.Transport;

/** A transport whose packets come and go by requests, each of which is handed to it. */
interface RequestTransport extends Transport {
    /** Takes a further request of its session, on the session's loop. */
    void handle(Call call);
}
