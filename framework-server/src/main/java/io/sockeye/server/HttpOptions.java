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
import io.sockeye.server.netty.NettyServer;
import io.sockeye.server.netty.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
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

    /** Null to listen on a port. */
    @Nullable
    Path unixSocket;

    /** @throws IOException if the address cannot be had */
    void bind(NettyServer server, SocketServerBuilder builder) throws IOException {
        if (unixSocket == null) {
            server.bind(new InetSocketAddress(builder.host, builder.port));
        } else {
            server.bind(unixSocket);
        }
    }

    /** Where the server should listen, for people. */
    String where(SocketServerBuilder builder) {
        return unixSocket == null ? builder.host + ":" + builder.port : unixSocket.toString();
    }

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
