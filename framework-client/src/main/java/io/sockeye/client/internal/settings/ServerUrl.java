package io.sockeye.client.internal.settings;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Takes a client's URL apart: server, namespace, parameters of the query. */
public final class ServerUrl {
    private static final int MAX_PORT = 65_535;

    /** The path of a URL, encoded (RFC 3986, 3.3). */
    private static final Pattern PATH = Pattern.compile("/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*");

    private ServerUrl() {}

    /**
     * The endpoint's path with a slash at its start.
     *
     * @throws IllegalArgumentException if it is no path of a URL
     */
    public static String checkPath(String endpoint) {
        var slashed = Objects.requireNonNull(endpoint, "path").startsWith("/") ? endpoint : "/" + endpoint;
        if (!PATH.matcher(slashed).matches()) {
            throw new IllegalArgumentException("path: '" + endpoint + "', must have only characters of a URL's path");
        }
        return slashed;
    }

    /** @throws IllegalArgumentException if the URL names no server that can be reached by HTTP */
    public static URI check(URI url) {
        var authority = url.getRawAuthority();
        if (url.getHost() == null && authority != null && authority.contains("_")) {
            throw new IllegalArgumentException("the JDK's HTTP client takes no host with '_' in its name: " + url);
        }
        if (url.getScheme() == null || url.getHost() == null) {
            throw new IllegalArgumentException("URL without scheme or host, such as http://localhost:3000: " + url);
        }
        if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("port: %d, must be 1 to %d: %s".formatted(url.getPort(), MAX_PORT, url));
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
    public static URI server(URI url) {
        return URI.create(scheme(url) + "://" + url.getRawAuthority());
    }

    public static String namespace(URI url) {
        var path = url.getRawPath();
        return Namespaces.check(path == null ? "" : path);
    }

    public static Map<String, String> query(URI url) {
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
