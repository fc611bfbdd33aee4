package io.sockeye.server.http;

import io.sockeye.bytes.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request that was read as a whole. Immutable.
 *
 * <pre>{@code
 * String color = request.query("color").orElse("blue");
 * String agent = request.header("user-agent").orElse("");
 * }</pre>
 */
public final class HttpRequest {
    private final String method;
    private final String uri;
    /** Name, value, name, value …: one small array, since a server keeps one for each connection. */
    private final List<String> headers;

    private final String remoteAddress;
    private final boolean secure;
    private final Bytes body;

    /**
     * @param uri path and query as they were sent
     * @param headers names and values, alternately
     */
    public HttpRequest(
            String method, String uri, List<String> headers, String remoteAddress, boolean secure, Bytes body) {
        if (headers.size() % 2 != 0) {
            throw new IllegalArgumentException("headers: a name without a value, " + headers.size() + " entries");
        }
        this.method = method;
        this.uri = uri;
        this.headers = List.copyOf(headers);
        this.remoteAddress = remoteAddress;
        this.secure = secure;
        this.body = body;
    }

    /** The same request with this peer as the other end of its connection. */
    public HttpRequest from(ProxyTrust.Peer peer) {
        return new HttpRequest(method, uri, headers, peer.address(), peer.secure(), body);
    }

    /** The same request with a body. */
    public HttpRequest withBody(Bytes newBody) {
        return new HttpRequest(method, uri, headers, remoteAddress, secure, newBody);
    }

    /** The same request with more in its query, in front of what is there, so that it counts first. */
    public HttpRequest withQueryBefore(Query more) {
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        String rest = mark < 0 ? "" : "&" + uri.substring(mark + 1);
        return new HttpRequest(method, path + "?" + more.text() + rest, headers, remoteAddress, secure, body);
    }

    /** The method, such as {@code GET}. */
    public String method() {
        return method;
    }

    /** Path and query as they were sent. */
    public String uri() {
        return uri;
    }

    /** The decoded path, without the query. */
    public String path() {
        int end = uri.indexOf('?');
        return Query.decode((end < 0 ? uri : uri.substring(0, end)).replace("+", "%2B"));
    }

    /**
     * The value of a header; names are compared without case. If it occurs several times, its values are joined by commas,
     * cookies by semicolons, and of a header that can have only one value, such as {@code Authorization}, the first one
     * counts, as in Node. {@link #headers()} has them as they were sent.
     */
    public Optional<String> header(String name) {
        return RequestHeader.value(headers, name);
    }

    /** The values of all headers, joined as by {@link #header}: names in lower case, in their order. */
    public Map<String, String> headerMap() {
        return Collections.unmodifiableMap(RequestHeader.all(headers));
    }

    /** Names and values, alternately, as they were sent. */
    public List<String> headers() {
        return headers;
    }

    /** The first value of a query parameter, decoded. */
    public Optional<String> query(String name) {
        return Query.of(uri).first(name);
    }

    /** All query parameters in their order, decoded; the first value of each. */
    public Map<String, String> query() {
        return Query.of(uri).firstValues();
    }

    /**
     * The address of the connection's peer, without a port, or of the client if the peer is a trusted proxy; see {@link
     * ProxyTrust}. Empty on a Unix domain socket.
     */
    public String remoteAddress() {
        return remoteAddress;
    }

    /** Whether the connection is encrypted; behind a trusted proxy, whether the client's is, as the proxy says. */
    public boolean secure() {
        return secure;
    }

    /** The body, empty where the request has none. */
    public Bytes body() {
        return body;
    }

    @Override
    public String toString() {
        return method + " " + uri;
    }
}
