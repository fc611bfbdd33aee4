package io.sockeye.server.http;

import io.sockeye.bytes.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The answer of an {@link HttpHandler}. {@code Content-Length} and {@code Connection} are added by the server.
 *
 * @param status 200 or more
 * @param headers names and values, without line breaks
 */
public record HttpResponse(int status, Map<String, String> headers, Bytes body) {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\P{Cntrl}]*");

    public HttpResponse {
        if (status < 200 || status > 999) {
            throw new IllegalArgumentException("status: " + status);
        }
        headers = Map.copyOf(headers);
        headers.forEach(HttpResponse::checkHeader);
    }

    private static void checkHeader(String name, String value) {
        if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("header '" + name + "': '" + value + "'");
        }
    }

    /** 200 with a body. */
    public static HttpResponse ok(String contentType, Bytes body) {
        return new HttpResponse(200, Map.of("Content-Type", contentType), body);
    }

    /** A status and a line of text. */
    public static HttpResponse text(int status, String text) {
        return new HttpResponse(status, Map.of("Content-Type", "text/plain; charset=utf-8"), Bytes.ofUtf8(text));
    }

    public static HttpResponse notFound() {
        return text(404, "Not Found");
    }

    /** The same answer with one more header. */
    public HttpResponse with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpResponse(status, more, body);
    }
}
