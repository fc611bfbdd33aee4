package io.sockeye.testbed.client;

import io.sockeye.client.SocketClientBuilder;
import io.sockeye.protocol.TransportKind;

/** How a client gets to the server. */
public enum Way {
    POLLING,
    WEBSOCKET,
    UPGRADE;

    public SocketClientBuilder set(SocketClientBuilder builder) {
        return switch (this) {
            case POLLING -> builder.transports(TransportKind.POLLING);
            case WEBSOCKET -> builder.transports(TransportKind.WEBSOCKET);
            case UPGRADE -> builder;
        };
    }
}
