package io.sockeye.client;

import io.sockeye.client.internal.threads.Loop;

/** What the parts of one socket work with. */
record SocketContext(
        String namespace,
        ClientOptions options,
        Loop loop,
        Connector connector,
        UserCallbacks callbacks,
        Credentials credentials) {}
