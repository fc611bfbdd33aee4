package io.sockeye.server.internal.netty.websocket;

import io.sockeye.server.http.PerMessageDeflate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What server and client agree on about {@code permessage-deflate}: RFC 7692, 7.1.
 *
 * @param serverNoContext whether each message of the server stands for itself
 * @param clientNoContext whether each message of the client does
 * @param serverWindow whether the client asked about the server's window, for which only the full size is possible
 */
public record Deflate(boolean serverNoContext, boolean clientNoContext, boolean serverWindow) {
    private static final String NAME = "permessage-deflate";
    private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
    private static final String SERVER_WINDOW = "server_max_window_bits";
    private static final String CLIENT_WINDOW = "client_max_window_bits";
    private static final Set<String> FULL_WINDOW = Set.of("15", "\"15\"");
    private static final Set<String> WINDOWS = Set.of("8", "9", "10", "11", "12", "13", "14", "15");

    /**
     * The first offer that can be had.
     *
     * @param offers the values of {@code Sec-WebSocket-Extensions}
     * @return null if there is none
     */
    public static @Nullable Deflate choose(List<String> offers, PerMessageDeflate settings) {
        for (var offer : String.join(",", offers).split(",", -1)) {
            var parts = offer.split(";", -1);
            if (parts[0].strip().equals(NAME)) {
                var chosen = accept(parts, settings);
                if (chosen != null) {
                    return chosen;
                }
            }
        }
        return null;
    }

    /** "A server MUST decline" an offer with a parameter that is unknown, wrong or there twice. */
    private static @Nullable Deflate accept(String[] parts, PerMessageDeflate settings) {
        var names = new HashSet<String>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            var name = (equals < 0 ? parts[i] : parts[i].substring(0, equals)).strip();
            var value = equals < 0 ? null : parts[i].substring(equals + 1).strip();
            if (!names.add(name) || !isPossible(name, value)) {
                return null;
            }
        }
        return new Deflate(
                settings.serverNoContextTakeover() || names.contains(SERVER_NO_CONTEXT),
                settings.clientNoContextTakeover() || names.contains(CLIENT_NO_CONTEXT),
                names.contains(SERVER_WINDOW));
    }

    /** The JDK's deflater has the full window alone; its inflater takes every window. */
    private static boolean isPossible(String name, @Nullable String value) {
        return switch (name) {
            case SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT -> value == null;
            case SERVER_WINDOW -> value != null && FULL_WINDOW.contains(value);
            case CLIENT_WINDOW -> value == null || WINDOWS.contains(value.replace("\"", ""));
            default -> false;
        };
    }

    /** The value of {@code Sec-WebSocket-Extensions} in the answer. */
    public String answer() {
        return NAME
                + (serverNoContext ? "; " + SERVER_NO_CONTEXT : "")
                + (clientNoContext ? "; " + CLIENT_NO_CONTEXT : "")
                + (serverWindow ? "; " + SERVER_WINDOW + "=15" : "");
    }
}
