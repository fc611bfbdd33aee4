package io.sockeye.server.internal.engine;

import io.sockeye.engine.Transport;
import io.sockeye.server.internal.http.Call;

/** A transport of a session whose requests come here. */
interface ServerTransport extends Transport {
    /**
     * Takes a further request of its session, on the session's loop.
     *
     * @return false if its packets do not come by requests: this one was not touched
     */
    boolean handle(Call call);
}
