package io.sockeye.test;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.server.http.HttpRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a client that a test plays. It opens when the first namespace is joined; before that it is given what its
 * request shall have.
 *
 * <pre>{@code
 * var client = server.connection().query("room", "lobby").header("Cookie", "session=1");
 * var chat = client.join("/chat");
 * var admin = client.join("/admin", Map.of("token", "s3cret"));
 * }</pre>
 */
public final class TestConnection {
    /** For middleware that decides on threads of its own; in real time. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MemoryLoop loop;
    private final MemoryHost host;
    private final PlayedConnection client;
    private final StringBuilder uri = new StringBuilder("/socket.io/?EIO=4&transport=websocket");
    private final List<String> headers = new ArrayList<>(List.of(
            "Host", "localhost",
            "Connection", "Upgrade",
            "Upgrade", "websocket",
            "Sec-WebSocket-Version", "13",
            "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
    private boolean opened;

    TestConnection(MemoryLoop loop, MemoryHost host, PlayedConnection client) {
        this.loop = loop;
        this.host = host;
        this.client = client;
    }

    /**
     * Adds a parameter to the query of the connection's request.
     *
     * @throws IllegalStateException if the connection was opened
     */
    public TestConnection query(String name, String value) {
        requireUnopened();
        uri.append('&').append(encode(name)).append('=').append(encode(value));
        return this;
    }

    /**
     * Adds a header to the connection's request.
     *
     * @throws IllegalStateException if the connection was opened
     */
    public TestConnection header(String name, String value) {
        requireUnopened();
        headers.add(name);
        headers.add(value);
        return this;
    }

    private void requireUnopened() {
        if (opened) {
            throw new IllegalStateException("the connection was opened");
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Joins a namespace without credentials; otherwise as {@link #join(String, Object)}. */
    public TestSocket join(String namespace) {
        return decided(namespace, null);
    }

    /**
     * Joins a namespace: its middleware and connection handlers run before this returns. Middleware that decides on threads of
     * its own is waited for.
     *
     * @param auth what the client says of itself: any value that is a JSON object
     * @throws io.sockeye.client.ConnectFailedException if the server refuses the client or its connection, as {@code
     *     connect_error} says in production
     * @throws AssertionError if the server does not decide within 30 seconds
     */
    public TestSocket join(String namespace, Object auth) {
        return decided(namespace, auth);
    }

    private TestSocket decided(String namespace, @Nullable Object auth) {
        var json = Json.standard();
        var payload = auth == null ? null : json.array(auth).value(0);
        if (!opened) {
            opened = true;
            var request = new HttpRequest("GET", uri.toString(), headers, "127.0.0.1", false, Bytes.EMPTY);
            host.accept(new MemoryExchange(request, loop, client));
        }
        var attempt = client.join(namespace, payload);
        if (!loop.await(attempt::isDecided, PATIENCE)) {
            throw new AssertionError("nobody has decided whether the client may join %s%s"
                    .formatted(namespace, client.recorder().describeErrors()));
        }
        if (attempt.failure != null) {
            throw attempt.failure;
        }
        return Objects.requireNonNull(attempt.socket);
    }
}
