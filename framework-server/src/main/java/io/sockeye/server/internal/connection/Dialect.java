package io.sockeye.server.internal.connection;

import io.sockeye.json.Json;
import io.sockeye.json.JsonValue;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.ConnectContext;
import io.sockeye.server.http.HttpRequest;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How clients of one generation join namespaces; all the rest of Socket.IO is the same for them. Immutable. */
sealed interface Dialect permits LatestDialect, Version2Dialect {
    /** That of clients which speak this revision of Engine.IO. */
    static Dialect of(int revision, Json json) {
        return revision == 3 ? new Version2Dialect(json) : new LatestDialect(json);
    }

    /** What a packet may hold. */
    SocketLimits limits(SocketLimits configured);

    /** The namespace that a client joins by connecting, or null if it asks for each. */
    SocketPacket.@Nullable Connect unasked();

    /**
     * Who wants to join what.
     *
     * @throws io.sockeye.protocol.ProtocolException if the packet names no namespace
     */
    ConnectContext candidate(SocketPacket.Connect packet, HttpRequest request);

    /** The id of a new socket. */
    String socketId(String namespace, String sid, Supplier<String> fresh);

    /** Whether clients can come back to sessions that they lost. */
    boolean recovers();

    /** What a client is told that has joined, of what there is to tell. */
    @Nullable
    JsonValue welcome(Map<String, Object> fields);

    /** What a client is told that may not join; the message and perhaps data are given. */
    JsonValue refusal(JsonValue payload);
}
