package io.sockeye.server.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Listens on a port, or on a Unix domain socket, and hands its connections to the router. */
public final class NettyServer {
    /** Room for the answers of one turn of the loop; above it, packets wait in their session's outbox. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private static final int BACKLOG = 4096;
    /** One read of at most 64 KiB, then the others of the loop have their turn, however much a client sends. */
    private static final RecvByteBufAllocator ONE_READ = new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(1);

    private final EventLoops loops;
    private final Router router;
    private final @Nullable Tls tls;
    private final int maxHeaderSize;
    private @Nullable Channel listener;
    /** Null unless it listens there. */
    private @Nullable Path unixSocket;

    /** @param sessions those of each loop, by its index */
    public NettyServer(EventLoops loops, HttpSettings settings, List<? extends Sessions> sessions) {
        this.loops = loops;
        this.tls = settings.tls();
        this.maxHeaderSize = settings.maxHeaderSize();
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
        bind(
                bootstrap(loops.backend().serverChannel())
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true),
                address);
    }

    /**
     * Starts to listen on a Unix domain socket; returns when it does. A socket that an earlier server left is replaced.
     *
     * @throws IOException if another server listens there, or if the file is no socket
     */
    public void bind(Path file) throws IOException {
        UnixSocketFile.removeStale(file);
        bind(bootstrap(loops.backend().unixChannel()), loops.backend().unixAddress(file));
        unixSocket = file;
    }

    private ServerBootstrap bootstrap(Class<? extends ServerChannel> channel) {
        return new ServerBootstrap()
                .group(loops.group())
                .channel(channel)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, ONE_READ)
                .childHandler(new Initializer());
    }

    private void bind(ServerBootstrap bootstrap, SocketAddress address) throws IOException {
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(Objects.requireNonNull(bound.cause()).getMessage(), bound.cause());
        }
        listener = bound.channel();
    }

    /**
     * The port that it listens on.
     *
     * @throws IllegalStateException if it listens on a Unix domain socket
     */
    public int port() {
        if (unixSocket != null) {
            throw new IllegalStateException("the server listens on " + unixSocket + ", which has no port");
        }
        return ((InetSocketAddress)
                        Objects.requireNonNull(listener, "not bound").localAddress())
                .getPort();
    }

    /** Where it listens, for people. */
    public String address() {
        return unixSocket == null
                ? Objects.requireNonNull(listener, "not bound").localAddress().toString()
                : unixSocket.toString();
    }

    /** Takes no further connections; those that exist live on until their next answer, or until their session's end. */
    public void stopListening() {
        loops.keepNoConnections();
        if (listener != null) {
            listener.close().awaitUninterruptibly();
            if (unixSocket != null) {
                UnixSocketFile.remove(unixSocket);
            }
        }
    }

    private final class Initializer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            if (tls != null) {
                channel.pipeline().addLast(tls.context().newHandler(channel.alloc()));
            }
            channel.pipeline()
                    .addLast(
                            new HoldingDecoder(maxHeaderSize),
                            new HttpResponseEncoder(),
                            new HttpConnection(router, loops));
        }
    }
}
