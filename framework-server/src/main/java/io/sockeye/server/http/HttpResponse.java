package io.sockeye.server.http;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of an {@link HttpHandler}. {@code Content-Length} and {@code Connection} are added by the server.
 *
 * <pre>{@code
 * HttpResponse.text(200, "hello").with("Cache-Control", "no-store").and("Set-Cookie", "a=1").and("Set-Cookie", "b=2")
 * }</pre>
 *
 * @param status 200 or more
 */
public record HttpResponse(int status, HttpHeaders headers, Bytes body) {
    public HttpResponse {
        if (status < 200 || status > 999) {
            throw new IllegalArgumentException("status: " + status);
        }
    }

    /** @param headers names and values, without line breaks */
    public HttpResponse(int status, Map<String, String> headers, Bytes body) {
        this(status, HttpHeaders.of(headers), body);
    }

    /** 200 with a body. */
    public static HttpResponse ok(String contentType, Bytes body) {
        return new HttpResponse(200, HttpHeaders.of("Content-Type", contentType), body);
    }

    /** A status and a line of text. */
    public static HttpResponse text(int status, String text) {
        return new HttpResponse(
                status, HttpHeaders.of("Content-Type", "text/plain; charset=utf-8"), Bytes.ofUtf8(text));
    }

    /**
     * A status and a value as JSON, by Jackson's defaults: a record, a map, a list, a text, a number …
     *
     * @throws JsonException if the value cannot be written
     * @throws IllegalArgumentException if it contains binary values
     */
    public static HttpResponse json(int status, @Nullable Object value) {
        return json(status, value, Json.standard());
    }

    /**
     * The same with another mapper: {@code Json.of(mapper)}.
     *
     * @throws JsonException if the value cannot be written
     */
    public static HttpResponse json(int status, @Nullable Object value, Json json) {
        return new HttpResponse(
                status,
                HttpHeaders.of("Content-Type", "application/json"),
                json.value(value).raw());
    }

    /** 404 and a line that says so. */
    public static HttpResponse notFound() {
        return text(404, "Not Found");
    }

    /** The same answer with this header instead of those of its name; see {@link HttpHeaders#with}. */
    public HttpResponse with(String name, String value) {
        return new HttpResponse(status, headers.with(name, value), body);
    }

    /** The same answer with one more header, also if it has one of that name; see {@link HttpHeaders#and}. */
    public HttpResponse and(String name, String value) {
        return new HttpResponse(status, headers.and(name, value), body);
    }
}
