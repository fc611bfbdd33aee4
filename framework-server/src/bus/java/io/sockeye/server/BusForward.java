package io.sockeye.server;

import io.sockeye.server.adapter.LocalServer;
import io.sockeye.server.host.Exchange;

/**
 * One request that arrived at another server than the one that has its session, and the WebSocket that may become of it. It
 * has a half at each server, which tell each other over the bus what happens, by immutable values.
 */
final class BusForward {
    private final BusLink frontLink;
    private final BusLink ownerLink;
    private final BusFront front;
    private final BusOwner owner;

    private BusForward(BusLink frontLink, BusLink ownerLink, LocalServer server, Exchange exchange) {
        this.frontLink = frontLink;
        this.ownerLink = ownerLink;
        this.front = new BusFront(this, exchange);
        this.owner = new BusOwner(this, server);
    }

    /** On the loop of the exchange: has the owner answer it. */
    static BusForward start(BusLink frontLink, BusLink ownerLink, LocalServer server, Exchange exchange) {
        var forward = new BusForward(frontLink, ownerLink, server, exchange);
        forward.front.start();
        return forward;
    }

    BusFront front() {
        return front;
    }

    BusOwner owner() {
        return owner;
    }

    /** The front tells the owner of something. */
    void toOwner(Runnable what) {
        frontLink.send(() -> ownerLink.tell(what));
    }

    /** The owner tells the front of something. */
    void toFront(Runnable what) {
        ownerLink.send(() -> frontLink.tell(what));
    }

    /** On the bus: the owner is gone. */
    void end() {
        frontLink.tell(() -> front.execute(front::end));
    }
}
