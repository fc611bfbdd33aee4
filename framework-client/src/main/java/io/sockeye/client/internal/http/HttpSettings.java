package io.sockeye.client.internal.http;

import io.sockeye.protocol.TransportKind;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a client's requests are made.
 *
 * @param server scheme {@code http} or {@code https}, host and port
 * @param path of the server's endpoint, with a slash at its start
 * @param query parameters of each request, not encoded; as with the official client, those of the protocol replace others
 *     of the same name
 * @param headers of every request
 * @param freshHeaders supplies further ones for each session; null for none
 * @param protocols subprotocols that are offered when a WebSocket is opened
 * @param connectTimeout how long opening a connection may take
 * @param maxMessageBytes of one answer, or one WebSocket message
 */
public record HttpSettings(
        URI server,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        @Nullable Supplier<? extends Map<String, String>> freshHeaders,
        List<String> protocols,
        Duration connectTimeout,
        int maxMessageBytes) {
    private static final int RADIX = 36;
    private static final Set<String> RESERVED = Set.of("EIO", "transport", "sid");

    public HttpSettings {
        if (!"http".equals(server.getScheme()) && !"https".equals(server.getScheme())) {
            throw new IllegalArgumentException("scheme: " + server);
        }
        var own = new LinkedHashMap<>(query);
        RESERVED.forEach(own::remove);
        query = Collections.unmodifiableMap(own);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    boolean secure() {
        return server.getScheme().equals("https");
    }

    /**
     * Each one is different, as with the official client, so that no cache answers a poll.
     *
     * @param sid null before there is a session
     */
    URI pollingUri(@Nullable String sid) {
        var unique = Long.toString(ThreadLocalRandom.current().nextLong() >>> 20, RADIX);
        return uri(server.getScheme(), TransportKind.POLLING.wireName() + "&t=" + unique, sid);
    }

    /** @param sid null before there is a session */
    URI webSocketUri(@Nullable String sid) {
        return uri(secure() ? "wss" : "ws", TransportKind.WEBSOCKET.wireName(), sid);
    }

    private URI uri(String scheme, String transport, @Nullable String sid) {
        var target = new StringBuilder();
        target.append(scheme).append("://").append(server.getRawAuthority()).append(path);
        target.append("?EIO=4&transport=").append(transport);
        query.forEach((name, value) -> append(target, name, value));
        if (sid != null) {
            append(target, "sid", sid);
        }
        return URI.create(target.toString());
    }

    private static void append(StringBuilder target, String name, String value) {
        target.append('&')
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
