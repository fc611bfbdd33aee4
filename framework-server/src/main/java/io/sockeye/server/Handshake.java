package io.sockeye.server;

import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import io.sockeye.server.http.HttpRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * With what a client introduced itself.
 *
 * @param request the HTTP request that opened the connection
 * @param auth the payload with which the client joined the namespace, an empty object if it sent none
 * @param time when the client joined the namespace
 * @param protocol the revision of Engine.IO that the client speaks: 4, or 3 where that is allowed
 */
public record Handshake(HttpRequest request, JsonValue auth, Instant time, int protocol) {
    /** Of a client that speaks revision 4. */
    public Handshake(HttpRequest request, JsonValue auth, Instant time) {
        this(request, auth, time, 4);
    }

    /**
     * The auth payload as a record, a map or whatever it can be read as.
     *
     * @throws JsonException if it cannot
     */
    public <T> T auth(Class<T> type) {
        return auth.as(type);
    }

    /** A query parameter of the connection. */
    public Optional<String> query(String name) {
        return request.query(name);
    }

    /** A header of the request that opened the connection. */
    public Optional<String> header(String name) {
        return request.header(name);
    }

    /** The address of the client or of the proxy before the server. */
    public String address() {
        return request.remoteAddress();
    }
}
