package io.sockeye.server.internal.netty.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.sockeye.server.http.HttpHeaders;
import java.util.List;
import java.util.Locale;

/** Headers as Netty wants them, without those that only the server itself may set. */
public final class OwnHeaders {
    private OwnHeaders() {}

    static io.netty.handler.codec.http.HttpHeaders of(HttpHeaders from) {
        var headers = new DefaultHttpHeaders();
        from.forEach((name, value) -> {
            if (!framesTheBody(name)) {
                headers.add(name, value);
            }
        });
        return headers;
    }

    private static boolean framesTheBody(String name) {
        return name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding");
    }

    /** For the answer 101, whose other headers are the handshake's. */
    public static io.netty.handler.codec.http.HttpHeaders ofUpgrade(HttpHeaders from) {
        var headers = of(from.without("Connection").without("Upgrade"));
        for (var name : List.copyOf(headers.names())) {
            if (name.toLowerCase(Locale.ROOT).startsWith("sec-websocket-")) {
                headers.remove(name);
            }
        }
        return headers;
    }
}
