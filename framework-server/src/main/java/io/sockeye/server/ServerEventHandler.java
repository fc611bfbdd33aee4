package io.sockeye.server;

import io.sockeye.event.Args;

/**
 * Handles an event that another server of the cluster sent with {@link Namespace#serverSideEmit}.
 *
 * <pre>{@code
 * server.onServerEvent("load", args -> args.ack(load.get()));
 * }</pre>
 */
@FunctionalInterface
public interface ServerEventHandler {
    /** {@link Args#ack} answers the other server, if it asked. An exception is reported to the error handler. */
    void handle(Args args) throws Exception;
}
