package io.sockeye.server.internal.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.sockeye.server.Tls;
import io.sockeye.server.host.Host;
import io.sockeye.server.host.Loop;
import io.sockeye.server.internal.netty.io.UnixSocketFile;
import io.sockeye.server.internal.netty.tls.Handshakes;
import io.sockeye.server.internal.netty.tls.TlsRecords;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The server's own host: listens on a port, or on a Unix domain socket. */
public final class NettyServer implements Host {
    /** Room for the answers of one turn of the loop; above it, packets wait in their session's outbox. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    /** The same where each of these bytes was encrypted for its peer alone: what many wait for is to wait as one. */
    private static final WriteBufferWaterMark ENCRYPTED_WATER_MARK = new WriteBufferWaterMark(32 << 10, 64 << 10);

    private static final int BACKLOG = 4096;
    /** One read of at most 64 KiB, then the others of the loop have their turn, however much a client sends. */
    private static final RecvByteBufAllocator ONE_READ = new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(1);

    private final EventLoops loops;
    private final SocketAddress address;
    private final @Nullable Tls tls;
    private final int maxHeaderSize;
    private final ExecutorService handshakeThreads = Handshakes.newThreads();
    private final Handshakes handshakes = new Handshakes(handshakeThreads, Handshakes.usualThreads());
    /** Null until it listens. */
    private volatile @Nullable Channel listener;

    /**
     * @param address of a port, or of a Unix domain socket: one that an earlier server left is replaced
     * @param tls null for connections that are not encrypted
     * @param maxHeaderSize bytes of a request's first line and headers
     */
    public NettyServer(EventLoops loops, SocketAddress address, @Nullable Tls tls, int maxHeaderSize) {
        this.loops = loops;
        this.address = address;
        this.tls = tls;
        this.maxHeaderSize = maxHeaderSize;
    }

    @Override
    public List<? extends Loop> loops() {
        return loops.loops();
    }

    /** @throws IOException if the address cannot be had: the port is in use, another server listens there, it is a plain file */
    @Override
    public void start(Handler handler) throws IOException {
        loops.chargeTo(handler.memory());
        if (address instanceof UnixDomainSocketAddress unix) {
            UnixSocketFile.removeStale(unix.getPath());
            bind(
                    bootstrap(loops.backend().unixChannel(), handler),
                    loops.backend().unixAddress(unix.getPath()));
        } else {
            bind(
                    bootstrap(loops.backend().serverChannel(), handler)
                            .option(ChannelOption.SO_REUSEADDR, true)
                            .childOption(ChannelOption.TCP_NODELAY, true),
                    address);
        }
    }

    private ServerBootstrap bootstrap(Class<? extends ServerChannel> channel, Handler handler) {
        return new ServerBootstrap()
                .group(loops.group())
                .channel(channel)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, tls == null ? WATER_MARK : ENCRYPTED_WATER_MARK)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, ONE_READ)
                .childHandler(new Initializer(handler));
    }

    private void bind(ServerBootstrap bootstrap, SocketAddress target) throws IOException {
        var bound = bootstrap.bind(target).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(Objects.requireNonNull(bound.cause()).getMessage(), bound.cause());
        }
        var channel = bound.channel();
        listener = channel;
        loops.onFailure(() -> {
            if (channel.eventLoop().isShuttingDown()) {
                NettyLoop.abandon(channel);
            } else {
                channel.close();
            }
        });
    }

    /** @throws IllegalStateException if it listens on a Unix domain socket, or not yet */
    @Override
    public int port() {
        if (listener != null && listener.localAddress() instanceof InetSocketAddress bound) {
            return bound.getPort();
        }
        throw new IllegalStateException("the server listens on " + address() + ", which has no port");
    }

    @Override
    public String address() {
        if (address instanceof InetSocketAddress wanted) {
            return listener == null
                    ? wanted.getHostString() + ":" + wanted.getPort()
                    : listener.localAddress().toString();
        }
        return address.toString();
    }

    /** Takes no further connections; those that exist live on until their next answer, or until their session's end. */
    @Override
    public void stopListening() {
        loops.keepNoConnections();
        loops.hangUpClosed();
        if (listener != null) {
            listener.close().awaitUninterruptibly();
            if (address instanceof UnixDomainSocketAddress unix) {
                UnixSocketFile.remove(unix.getPath());
            }
        }
    }

    @Override
    public void shutDown(Duration timeout) {
        try {
            loops.shutDown(timeout);
        } finally {
            handshakes.stop();
            handshakeThreads.shutdownNow();
        }
    }

    private final class Initializer extends ChannelInitializer<Channel> {
        private final Handler handler;

        Initializer(Handler handler) {
            this.handler = handler;
        }

        @Override
        protected void initChannel(Channel channel) {
            if (tls != null) {
                var address = Handshakes.addressOf(channel.remoteAddress());
                var encryption = tls.context().newHandler(channel.alloc(), task -> {
                    var forget = handshakes.add(address, task);
                    channel.closeFuture().addListener(closed -> forget.run());
                });
                channel.pipeline().addLast(new TlsRecords(encryption.handshakeFuture()), encryption);
            }
            var connection = new HttpConnection(handler, loops, maxHeaderSize);
            channel.pipeline().addLast(connection.decoder(), new HttpResponseEncoder(), connection);
        }
    }
}
