package io.sockeye.server.internal.engine;

import io.sockeye.server.host.Exchange;

/** Knows which other servers of a cluster have the sessions that requests are for. Any thread. */
@FunctionalInterface
public interface ForeignSessions {
    /** For a server that stands alone. */
    ForeignSessions NONE = (node, exchange) -> false;

    /**
     * Has another server answer a request. Called on the loop of the exchange, which nobody else uses then.
     *
     * @param node the name of the server that the id of the session tells
     * @return false if it is no other server, or none that is known: the exchange was not touched, and is answered here
     */
    boolean forward(String node, Exchange exchange);
}
