package io.sockeye.server.http;

import io.sockeye.bytes.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer of an {@link HttpHandler}. {@code Content-Length} and {@code Connection} are added by the server.
 *
 * @param headers names and values
 */
public record HttpResponse(int status, Map<String, String> headers, Bytes body) {
    public HttpResponse {
        headers = Map.copyOf(headers);
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
