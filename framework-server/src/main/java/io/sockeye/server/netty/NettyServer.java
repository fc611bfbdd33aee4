package io.sockeye.server.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Listens on a port and hands its connections to the router. */
public final class NettyServer {
    /** Room for the answers of one turn of the loop; above it, packets wait in their session's outbox. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private static final int BACKLOG = 4096;

    private final EventLoops loops;
    private final Router router;
    private final @Nullable Tls tls;
    private @Nullable Channel listener;

    /** @param sessions those of each loop, by its index */
    public NettyServer(EventLoops loops, HttpSettings settings, List<? extends Sessions> sessions) {
        this.loops = loops;
        this.tls = settings.tls();
        var cors = new CorsHeaders(settings.cors());
        this.router =
                new Router(settings, cors, new EngineEndpoint(settings, cors, loops, sessions), new ClientFiles());
    }

    /**
     * Starts to listen; returns when it does.
     *
     * @throws IOException if the address cannot be had, for example because the port is in use
     */
    public void bind(InetSocketAddress address) throws IOException {
        var bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.backend().serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new Initializer())
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(Objects.requireNonNull(bound.cause()).getMessage(), bound.cause());
        }
        listener = bound.channel();
    }

    /** The port that it listens on. */
    public int port() {
        return ((InetSocketAddress)
                        Objects.requireNonNull(listener, "not bound").localAddress())
                .getPort();
    }

    /** Takes no further connections; those that exist live on. */
    public void stopListening() {
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
    }

    private final class Initializer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            if (tls != null) {
                channel.pipeline().addLast(tls.context().newHandler(channel.alloc()));
            }
            var config = new HttpDecoderConfig().setMaxInitialLineLength(8192).setMaxHeaderSize(16384);
            channel.pipeline().addLast(new HttpServerCodec(config), new HttpConnection(router, loops));
        }
    }
}
