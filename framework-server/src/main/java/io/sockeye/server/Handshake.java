package io.sockeye.server;

import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import io.sockeye.json.Peer;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.server.http.ProxyTrust;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The request and the auth payload with which a client connected. Immutable.
 *
 * <pre>{@code
 * var handshake = socket.handshake();
 * var token = handshake.auth(Token.class); // io(url, { auth: { value: "…" } })
 * String color = handshake.query("color").orElse("blue"); // io(url, { query: { color: "red" } })
 * }</pre>
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
        T value = auth.as(type);
        if (value == null) {
            throw JsonException.mismatch("auth: null is no " + type.getTypeName(), Peer.CLIENT);
        }
        return value;
    }

    /** A query parameter of the connection. */
    public Optional<String> query(String name) {
        return request.query(name);
    }

    /** A header of the request that opened the connection. */
    public Optional<String> header(String name) {
        return request.header(name);
    }

    /** All headers: names in lower case, several values of a name joined as by {@link HttpRequest#header}. */
    public Map<String, String> headers() {
        return request.headerMap();
    }

    /** All query parameters, decoded; the first value of each. */
    public Map<String, String> query() {
        return request.query();
    }

    /** Path and query of the request, as they were sent. */
    public String url() {
        return request.uri();
    }

    /**
     * The address of the client, or of the proxy in front of the server unless that is trusted; see {@link ProxyTrust}.
     */
    public String address() {
        return request.remoteAddress();
    }

    /** Whether the connection is encrypted; see {@link HttpRequest#secure()}. */
    public boolean secure() {
        return request.secure();
    }

    /**
     * Whether the request names an origin: it is from a page of another host, or from any page that opened a WebSocket.
     */
    public boolean xdomain() {
        return header("origin").isPresent();
    }
}
