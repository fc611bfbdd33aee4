package io.sockeye.server.internal.netty.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.sockeye.bytes.Bytes;
import io.sockeye.server.http.HttpRequest;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** What remains of a request once it is answered. */
public final class RequestSnapshot {
    private RequestSnapshot() {}

    public static HttpRequest of(io.netty.handler.codec.http.HttpRequest head, ChannelHandlerContext ctx) {
        String address = ctx.channel().remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "";
        boolean secure = ctx.pipeline().get(SslHandler.class) != null;
        return new HttpRequest(head.method().name(), head.uri(), headers(head), address, secure, Bytes.EMPTY);
    }

    /** Names and values in turn. */
    private static List<String> headers(io.netty.handler.codec.http.HttpRequest head) {
        List<String> headers = new ArrayList<>(head.headers().size() * 2);
        head.headers().forEach(entry -> {
            headers.add(entry.getKey());
            headers.add(entry.getValue());
        });
        return headers;
    }
}
