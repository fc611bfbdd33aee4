package io.sockeye.server.internal.netty.io;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerDomainSocketChannel;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.sockeye.server.IoTransport;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Netty's parts of one I/O transport.
 *
 * @param transport never {@link IoTransport#AUTO}
 * @param unixChannel listens on Unix domain sockets
 */
public record Backend(
        IoTransport transport,
        IoHandlerFactory handler,
        Class<? extends ServerChannel> serverChannel,
        Class<? extends ServerChannel> unixChannel) {
    /** @throws UnsupportedOperationException with the cause, if this machine does not have it */
    public static Backend of(IoTransport transport) {
        return switch (resolve(transport)) {
            case EPOLL ->
                available(
                        IoTransport.EPOLL,
                        Epoll.unavailabilityCause(),
                        EpollIoHandler::newFactory,
                        EpollServerSocketChannel.class,
                        EpollServerDomainSocketChannel.class);
            case KQUEUE ->
                available(
                        IoTransport.KQUEUE,
                        KQueue.unavailabilityCause(),
                        KQueueIoHandler::newFactory,
                        KQueueServerSocketChannel.class,
                        KQueueServerDomainSocketChannel.class);
            case IO_URING ->
                available(
                        IoTransport.IO_URING,
                        IoUring.unavailabilityCause(),
                        IoUringIoHandler::newFactory,
                        IoUringServerSocketChannel.class,
                        IoUringServerDomainSocketChannel.class);
            case NIO, AUTO ->
                new Backend(
                        IoTransport.NIO,
                        NioIoHandler.newFactory(),
                        NioServerSocketChannel.class,
                        NioServerDomainSocketChannel.class);
        };
    }

    /** For {@link IoTransport#AUTO} the best of this machine. */
    private static IoTransport resolve(IoTransport transport) {
        if (transport != IoTransport.AUTO) {
            return transport;
        }
        if (Epoll.isAvailable()) {
            return IoTransport.EPOLL;
        }
        return KQueue.isAvailable() ? IoTransport.KQUEUE : IoTransport.NIO;
    }

    private static Backend available(
            IoTransport transport,
            @Nullable Throwable obstacle,
            Supplier<IoHandlerFactory> handler,
            Class<? extends ServerChannel> channel,
            Class<? extends ServerChannel> unixChannel) {
        if (obstacle != null) {
            throw new UnsupportedOperationException("I/O transport " + transport + " is not available", obstacle);
        }
        return new Backend(transport, handler.get(), channel, unixChannel);
    }

    /** The JDK has an address of its own for Unix domain sockets, Netty's native code another one. */
    public SocketAddress unixAddress(Path file) {
        return unixChannel == NioServerDomainSocketChannel.class
                ? UnixDomainSocketAddress.of(file)
                : new DomainSocketAddress(file.toFile());
    }
}
