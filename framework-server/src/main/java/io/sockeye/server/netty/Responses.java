package io.sockeye.server.netty;

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
import io.netty.handler.codec.http.HttpVersion;
import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HttpHeaders;

/** Answers as Netty sends them. */
final class Responses {
    private Responses() {}

    /** Whether nothing but the head is asked for. */
    static boolean isHead(HttpRequest request) {
        return request.method().equals(HttpMethod.HEAD);
    }

    /** An answer with all of its body. */
    static HttpResponse whole(
            int status, HttpHeaders headers, Bytes content, HttpRequest request, ByteBufAllocator allocator) {
        var own = OwnHeaders.of(headers);
        // "A server MUST NOT send a Content-Length" that a GET would not have: RFC 9110, 8.6.
        if (status != 204 && status != 304) {
            own.set(HttpHeaderNames.CONTENT_LENGTH, content.length());
        }
        var sent = isHead(request) ? Bytes.EMPTY : content;
        var buffer = allocator.buffer(sent.length());
        sent.writeTo(buffer::writeBytes);
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), buffer, own, EmptyHttpHeaders.INSTANCE);
    }

    /** The head of an answer whose body follows in chunks, or with HTTP/1.0 until the connection ends. */
    static HttpResponse head(int status, HttpHeaders headers, HttpRequest request) {
        var own = OwnHeaders.of(headers);
        if (request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            own.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        } else {
            own.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), own);
    }
}
