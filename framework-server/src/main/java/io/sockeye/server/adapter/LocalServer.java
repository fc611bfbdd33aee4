package io.sockeye.server.adapter;

import io.sockeye.json.Json;
import io.sockeye.server.host.Exchange;
import io.sockeye.server.host.Loop;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The part of a server that its {@link Cluster} uses. All methods may be called on any thread and return at once. */
public interface LocalServer {
    /** The loops of this server, by their indices; none unless it runs. */
    List<? extends Loop> loops();

    /**
     * Answers a request that another server has received for a session of this one, and does not forward it again. Called on
     * the loop of the exchange, which is one of this server's.
     *
     * @throws IllegalStateException unless this server runs: the exchange was not touched
     */
    void handle(Exchange exchange);

    /** Another server has left the cluster: questions no longer wait for it. */
    void gone(String server);

    /** Reads and writes the values of the application. */
    Json json();

    /** Reports a failure to the user's error handler that is reported nowhere else. */
    void report(Throwable error, String where);

    /**
     * A client at another server claims a session that may still be open here, on a connection whose end was not
     * noticed. If so, that connection is closed and the session parked, unless something arrived over it after the
     * claim was made.
     *
     * @return completes with whether the session can be taken from the store now
     */
    CompletionStage<Boolean> release(SessionClaim claim);
}
