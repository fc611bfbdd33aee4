package io.sockeye.client;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a URL says: the server, the namespace, parameters of the query. */
final class ServerUrl {
    private static final int MAX_PORT = 65_535;

    private ServerUrl() {}

    /** @throws IllegalArgumentException if the URL names no server that can be reached by HTTP */
    static URI check(URI url) {
        var authority = url.getRawAuthority();
        if (url.getHost() == null && authority != null && authority.contains("_")) {
            throw new IllegalArgumentException("the JDK's HTTP client takes no host with '_' in its name: " + url);
        }
        if (url.getScheme() == null || url.getHost() == null) {
            throw new IllegalArgumentException("URL without scheme or host, such as http://localhost:3000: " + url);
        }
        if (url.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("port: " + url);
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "URL with a user: say who you are by auth, a header or an authenticator");
        }
        scheme(url);
        return url;
    }

    private static String scheme(URI url) {
        return switch (url.getScheme().toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> "http";
            case "https", "wss" -> "https";
            default -> throw new IllegalArgumentException("scheme '" + url.getScheme() + "': http, https, ws or wss");
        };
    }

    /** Scheme {@code http} or {@code https}, host and port. */
    static URI server(URI url) {
        return URI.create(scheme(url) + "://" + url.getRawAuthority());
    }

    static String namespace(URI url) {
        var path = url.getRawPath();
        return Namespaces.check(path == null ? "" : path);
    }

    static Map<String, String> query(URI url) {
        var parameters = new LinkedHashMap<String, String>();
        if (url.getRawQuery() != null) {
            for (var pair : url.getRawQuery().split("&", -1)) {
                if (pair.isEmpty()) {
                    continue;
                }
                int equals = pair.indexOf('=');
                var name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
