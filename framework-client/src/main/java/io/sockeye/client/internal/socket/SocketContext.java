package io.sockeye.client.internal.socket;

import io.sockeye.client.internal.connection.Connector;
import io.sockeye.client.internal.handlers.UserCallbacks;
import io.sockeye.client.internal.settings.ClientOptions;
import io.sockeye.client.internal.threads.Loop;

/** What the parts of one socket share. */
public record SocketContext(
        String namespace,
        ClientOptions options,
        Loop loop,
        Connector connector,
        UserCallbacks callbacks,
        Credentials credentials) {}
