package io.sockeye.server.internal.http;

import io.sockeye.engine.memory.Budget;
import io.sockeye.protocol.TransportKind;
import io.sockeye.server.http.Cookie;
import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HttpCompression;
import io.sockeye.server.http.PerMessageDeflate;
import io.sockeye.server.http.ProxyTrust;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP side needs to know.
 *
 * @param path of the protocol's requests, with a slash at its start; those with one at the end are below it, too
 * @param transports those that a client may use
 * @param serveClient whether the browser client is served below the path
 * @param legacy what old clients may use
 * @param maxPayload bytes of a request's body or of a WebSocket message
 * @param callbacks what the application does
 * @param cookie set by the handshake's answer; null for none
 * @param compression of the answers of polls
 * @param deflate of WebSocket messages; null for none
 * @param proxies those that are believed about clients
 * @param memory for what clients send, all of them together
 * @param unsent for what they have not taken
 */
public record HttpSettings(
        String path,
        Set<TransportKind> transports,
        Cors cors,
        boolean serveClient,
        Legacy legacy,
        int maxPayload,
        HttpCallbacks callbacks,
        @Nullable Cookie cookie,
        HttpCompression compression,
        @Nullable PerMessageDeflate deflate,
        ProxyTrust proxies,
        Budget memory,
        Budget unsent) {
    public HttpSettings {
        if (!path.startsWith("/") && !path.isEmpty()) {
            throw new IllegalArgumentException("path must start with '/': " + path);
        }
        if (transports.isEmpty()) {
            throw new IllegalArgumentException("transports: none");
        }
        transports = Set.copyOf(transports);
    }
}
