package io.sockeye.server;

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
record ListenAddress(String host, int port, @Nullable Path unixSocket) {
    static final ListenAddress DEFAULT = new ListenAddress("0.0.0.0", 3000, null);

    ListenAddress withHost(String name) {
        return new ListenAddress(name, port, unixSocket);
    }

    ListenAddress withPort(int number) {
        return new ListenAddress(host, number, unixSocket);
    }

    ListenAddress withUnixSocket(Path file) {
        return new ListenAddress(host, port, file);
    }

    /** Looks the host's name up. */
    SocketAddress toSocketAddress() {
        return unixSocket == null ? new InetSocketAddress(host, port) : UnixDomainSocketAddress.of(unixSocket);
    }
}
