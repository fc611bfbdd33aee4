package io.sockeye.server.internal.engine;

import io.sockeye.engine.Framing;
import io.sockeye.engine.Subprotocols;
import io.sockeye.server.host.WebSocketChannel;
import io.sockeye.server.internal.http.Call;
import io.sockeye.server.internal.http.HttpSettings;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request for a WebSocket has to be: RFC 6455, 4.2.1. */
final class WebSocketRequest {
    private static final String VERSION_HEADER = "sec-websocket-version";
    private static final String VERSION = "13";
    private static final Pattern KEY = Pattern.compile("[+/0-9A-Za-z]{22}==");

    private WebSocketRequest() {}

    /** How the connection is to speak; null if the request is not as it should be. */
    static WebSocketChannel.@Nullable Options options(Call call, Framing framing, HttpSettings settings) {
        if (!call.headers(VERSION_HEADER).equals(List.of(VERSION))) {
            call.addHeader(VERSION_HEADER, VERSION);
            return null;
        }
        var keys = call.headers("sec-websocket-key");
        boolean right = call.method().equals("GET")
                && call.mayUpgrade()
                && keys.size() == 1
                && KEY.matcher(keys.get(0)).matches();
        try {
            return right
                    ? new WebSocketChannel.Options(
                            framing, settings.maxPayload(), settings.deflate(), subprotocol(call))
                    : null;
        } catch (IllegalArgumentException e) {
            return null; // What it offers are no subprotocols.
        }
    }

    /** The first one, whatever it is, as in the reference server: browsers end a connection without any. */
    private static @Nullable String subprotocol(Call call) {
        var offers = call.list("sec-websocket-protocol");
        if (offers == null) {
            return null;
        }
        var names = Arrays.stream(offers.split(",", -1)).map(String::strip).toList();
        return Subprotocols.check(names).iterator().next();
    }
}
