package io.sockeye.server.internal.netty.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HttpHeaders;
import java.util.List;

/** Answers as Netty sends them. */
public final class Responses {
    private Responses() {}

    /** Whether nothing but the head is asked for. */
    public static boolean isHead(HttpRequest request) {
        return request.method().equals(HttpMethod.HEAD);
    }

    /** An answer with all of its body. */
    public static HttpResponse whole(
            int status, HttpHeaders headers, List<Bytes> content, HttpRequest request, ByteBufAllocator allocator) {
        var code = HttpResponseStatus.valueOf(status); // Before there is a buffer: there may be no such status.
        long length = Bytes.length(content);
        var own = sized(status, headers, length);
        var buffer = allocator.buffer(isHead(request) ? 0 : Math.toIntExact(length));
        boolean filled = false;
        try {
            if (!isHead(request)) {
                content.forEach(part -> part.writeTo(buffer::writeBytes));
            }
            filled = true;
        } finally {
            if (!filled) {
                buffer.release();
            }
        }
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, code, buffer, own, EmptyHttpHeaders.INSTANCE);
    }

    /** The head of an answer whose body follows. */
    public static HttpResponse head(int status, HttpHeaders headers, List<Bytes> content) {
        var own = sized(status, headers, Bytes.length(content));
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), own);
    }

    /**
     * Adds to the head of an answer what is the server's to say.
     *
     * @param kept whether further requests are wanted on the connection
     * @return whether the connection lives on
     */
    public static boolean complete(HttpResponse response, HttpRequest request, String date, boolean kept) {
        // "An origin server with a clock MUST generate a Date header field": RFC 9110, 6.6.1.
        if (!response.headers().contains(HttpHeaderNames.DATE)) {
            response.headers().set(HttpHeaderNames.DATE, date);
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request)
                && !"close".equals(response.headers().get(HttpHeaderNames.CONNECTION))
                && request.decoderResult().isSuccess()
                && kept;
        HttpUtil.setKeepAlive(response.headers(), request.protocolVersion(), keepAlive);
        return keepAlive;
    }

    private static io.netty.handler.codec.http.HttpHeaders sized(int status, HttpHeaders headers, long length) {
        var own = OwnHeaders.of(headers);
        // "A server MUST NOT send a Content-Length" that a GET would not have: RFC 9110, 8.6.
        if (status != 204 && status != 304) {
            own.set(HttpHeaderNames.CONTENT_LENGTH, length);
        }
        return own;
    }

    /** The head of an answer whose body follows in chunks, or with HTTP/1.0 until the connection ends. */
    public static HttpResponse head(int status, HttpHeaders headers, HttpRequest request) {
        var own = OwnHeaders.of(headers);
        if (request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            own.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        } else {
            own.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), own);
    }
}
