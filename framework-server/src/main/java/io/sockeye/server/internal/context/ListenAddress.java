package io.sockeye.server.internal.context;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param unixSocket null to listen on a port
 */
public record ListenAddress(String host, int port, @Nullable Path unixSocket) {
    static final ListenAddress DEFAULT = new ListenAddress("0.0.0.0", 3000, null);

    public ListenAddress withHost(String name) {
        return new ListenAddress(name, port, unixSocket);
    }

    public ListenAddress withPort(int number) {
        return new ListenAddress(host, number, unixSocket);
    }

    public ListenAddress withUnixSocket(Path file) {
        return new ListenAddress(host, port, file);
    }

    /** Looks the host's name up. */
    public SocketAddress toSocketAddress() {
        return unixSocket == null ? new InetSocketAddress(host, port) : UnixDomainSocketAddress.of(unixSocket);
    }
}
