package io.sockeye.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * The headers of an answer, in order; a name may occur several times, and is compared without case. Immutable: each
 * method that changes something returns other headers.
 *
 * <pre>{@code
 * HttpHeaders.of("Content-Type", "text/plain").with("X-Frame-Options", "DENY").and("Set-Cookie", "a=1")
 * }</pre>
 */
public final class HttpHeaders {
    /** No headers. */
    public static final HttpHeaders NONE = new HttpHeaders(List.of());

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    /** Accepts only what can be sent: Netty also refuses white space as the first character. */
    private static final Pattern VALUE = Pattern.compile("([\\P{Cntrl}&&[^ ]][\\t\\P{Cntrl}]*)?");

    /** Name, value, name, value … */
    private final List<String> entries;

    private HttpHeaders(List<String> entries) {
        this.entries = entries;
    }

    /**
     * @throws IllegalArgumentException if the name is invalid, or the value has a line break or begins with white space
     */
    public static HttpHeaders of(String name, String value) {
        return NONE.and(name, value);
    }

    /** @throws IllegalArgumentException as {@link #of(String, String)} */
    public static HttpHeaders of(Map<String, String> headers) {
        var all = NONE;
        for (var header : headers.entrySet()) {
            all = all.with(header.getKey(), header.getValue());
        }
        return all;
    }

    /**
     * These headers, and this one instead of those of its name.
     *
     * @throws IllegalArgumentException if the name is invalid, or the value has a line break or begins with white space
     */
    public HttpHeaders with(String name, String value) {
        return without(name).and(name, value);
    }

    /**
     * These headers, and this one after those of its name: how to set several cookies.
     *
     * @throws IllegalArgumentException if the name is invalid, or the value has a line break or begins with white space
     */
    public HttpHeaders and(String name, String value) {
        if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("header '" + name + "': '" + value + "'");
        }
        var more = new ArrayList<String>(entries.size() + 2);
        more.addAll(entries);
        more.add(name);
        more.add(value);
        return new HttpHeaders(List.copyOf(more));
    }

    /** These headers without those of that name. */
    public HttpHeaders without(String name) {
        if (first(name).isEmpty()) {
            return this;
        }
        var fewer = new ArrayList<String>(entries.size());
        forEach((present, value) -> {
            if (!present.equalsIgnoreCase(name)) {
                fewer.add(present);
                fewer.add(value);
            }
        });
        return new HttpHeaders(List.copyOf(fewer));
    }

    /** The first value of that name. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** All values of that name, in order. */
    public List<String> all(String name) {
        var values = new ArrayList<String>(2);
        forEach((present, value) -> {
            if (present.equalsIgnoreCase(name)) {
                values.add(value);
            }
        });
        return List.copyOf(values);
    }

    /** Called with each name and value, in order. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < entries.size(); i += 2) {
            action.accept(entries.get(i), entries.get(i + 1));
        }
    }

    /** The number of headers; a name counts once for each of its values. */
    public int size() {
        return entries.size() / 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HttpHeaders headers && headers.entries.equals(entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
