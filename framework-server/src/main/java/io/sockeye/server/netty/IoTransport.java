package io.sockeye.server.netty;

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
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the operating system is asked for I/O. */
public enum IoTransport {
    /** Epoll on Linux, kqueue on macOS, else NIO. */
    AUTO,
    /** Linux alone. */
    EPOLL,
    /** macOS and BSD. */
    KQUEUE,
    /** Everywhere. */
    NIO,
    /** Linux alone, with a kernel that allows it. */
    IO_URING;

    /** This one, or for {@link #AUTO} the best of this machine. */
    IoTransport resolve() {
        if (this != AUTO) {
            return this;
        }
        if (Epoll.isAvailable()) {
            return EPOLL;
        }
        return KQueue.isAvailable() ? KQUEUE : NIO;
    }

    /** @throws UnsupportedOperationException with the cause, if this machine does not have it */
    Backend backend() {
        return switch (resolve()) {
            case EPOLL ->
                available(
                        Epoll.unavailabilityCause(),
                        EpollIoHandler::newFactory,
                        EpollServerSocketChannel.class,
                        EpollServerDomainSocketChannel.class);
            case KQUEUE ->
                available(
                        KQueue.unavailabilityCause(),
                        KQueueIoHandler::newFactory,
                        KQueueServerSocketChannel.class,
                        KQueueServerDomainSocketChannel.class);
            case IO_URING ->
                available(
                        IoUring.unavailabilityCause(),
                        IoUringIoHandler::newFactory,
                        IoUringServerSocketChannel.class,
                        IoUringServerDomainSocketChannel.class);
            case NIO, AUTO ->
                new Backend(
                        NioIoHandler.newFactory(), NioServerSocketChannel.class, NioServerDomainSocketChannel.class);
        };
    }

    private Backend available(
            @Nullable Throwable obstacle,
            Supplier<IoHandlerFactory> handler,
            Class<? extends ServerChannel> channel,
            Class<? extends ServerChannel> unixChannel) {
        if (obstacle != null) {
            throw new UnsupportedOperationException("I/O transport " + this + " is not available", obstacle);
        }
        return new Backend(handler.get(), channel, unixChannel);
    }

    /**
     * Netty's parts of one I/O transport.
     *
     * @param unixChannel listens on Unix domain sockets
     */
    record Backend(
            IoHandlerFactory handler,
            Class<? extends ServerChannel> serverChannel,
            Class<? extends ServerChannel> unixChannel) {
        /** The JDK has an address of its own for Unix domain sockets, Netty's native code another one. */
        SocketAddress unixAddress(Path file) {
            return unixChannel == NioServerDomainSocketChannel.class
                    ? UnixDomainSocketAddress.of(file)
                    : new DomainSocketAddress(file.toFile());
        }
    }
}
