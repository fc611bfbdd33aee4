package io.sockeye.server;

import io.sockeye.server.http.AsyncRequestCheck;
import io.sockeye.server.http.Cookie;
import io.sockeye.server.http.Cors;
import io.sockeye.server.http.HeaderHook;
import io.sockeye.server.http.HttpCompression;
import io.sockeye.server.http.HttpHandler;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.http.PerMessageDeflate;
import io.sockeye.server.http.ProxyTrust;
import io.sockeye.server.netty.HttpSettings;
import io.sockeye.server.netty.Tls;
import org.jspecify.annotations.Nullable;

/** The part of {@link SocketServerBuilder} that is about HTTP. */
final class HttpOptions {
    Cors cors = Cors.NONE;
    boolean serveClient = true;
    HttpHandler routes = request -> HttpResponse.notFound();

    /** Null if every handshake is welcome. */
    @Nullable
    AsyncRequestCheck check;

    /** Null for none. */
    @Nullable
    HeaderHook initialHeaders;

    /** Null for none. */
    @Nullable
    HeaderHook headers;

    /** Null for none. */
    @Nullable
    Cookie cookie;

    /** Null for connections that are not encrypted. */
    @Nullable
    Tls tls;

    HttpCompression compression = HttpCompression.DEFAULT;

    /** Null for WebSockets that are not compressed. */
    @Nullable
    PerMessageDeflate deflate;

    ProxyTrust proxies = ProxyTrust.NONE;

    HttpSettings settings(SocketServerBuilder builder, ServerContext context) {
        return new HttpSettings(
                builder.path,
                builder.transports,
                cors,
                serveClient,
                builder.legacy(),
                builder.maxPayload,
                new UserHttp(this, context).callbacks(),
                cookie,
                tls,
                compression,
                deflate,
                proxies);
    }
}
