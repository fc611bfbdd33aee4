package io.sockeye.client.internal;

import io.sockeye.client.ConnectionListener;
import io.sockeye.client.Socket;
import io.sockeye.client.SocketClient;
import io.sockeye.client.internal.settings.Durations;
import io.sockeye.client.internal.settings.Namespaces;
import io.sockeye.protocol.TransportKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The client as its users hold it: the socket of the URL's namespace, which knows the others. Any thread. */
final class MainSocket extends ClientSocket implements SocketClient {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final ClientContext client;
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();

    MainSocket(ClientContext client, String namespace) {
        super(client, client.open(namespace));
        this.client = client;
        sockets.put(namespace, this);
    }

    @Override
    public Socket of(String namespace) {
        var checked = Namespaces.check(namespace);
        return sockets.computeIfAbsent(checked, name -> new ClientSocket(client, client.open(name)));
    }

    @Override
    public Optional<TransportKind> transport() {
        return client.transport();
    }

    @Override
    public long waitingBytes() {
        return client.waitingBytes();
    }

    @Override
    public void reconnectNow() {
        client.loop().execute(client::reconnectNow);
    }

    @Override
    public SocketClient onConnection(ConnectionListener listener) {
        client.addListener(listener);
        return this;
    }

    @Override
    public SocketClient offConnection(ConnectionListener listener) {
        client.removeListener(listener);
        return this;
    }

    @Override
    public void close() {
        client.close(CLOSE_TIMEOUT);
    }

    @Override
    public void close(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout: " + timeout);
        }
        client.close(Durations.bounded(timeout));
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        return client.closeAsync(CLOSE_TIMEOUT);
    }
}
