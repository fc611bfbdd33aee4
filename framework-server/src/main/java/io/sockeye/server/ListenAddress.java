package io.sockeye.server;

import io.sockeye.server.netty.NettyServer;
import java.io.IOException;
import java.net.InetSocketAddress;
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

    /** @throws IOException if the address cannot be had */
    void bind(NettyServer server) throws IOException {
        if (unixSocket == null) {
            server.bind(new InetSocketAddress(host, port));
        } else {
            server.bind(unixSocket);
        }
    }

    /** For people. */
    @Override
    public String toString() {
        return unixSocket == null ? host + ":" + port : unixSocket.toString();
    }
}
