package io.sockeye.testbed.simulation;

import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.SocketPacket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A client: what it wants, and what it remembers from one connection to the next. */
final class SimulatedClient {
    private final int index;
    private final Way way;
    private final Simulation simulation;
    private final Network network;
    private final SplittableRandom random;
    private final Map<String, ClientSocket> sockets = new LinkedHashMap<>();
    private @Nullable ClientConnection connection;
    private boolean wanted;
    /** Where it is, or was last. */
    private int server;

    SimulatedClient(int index, Way way, Simulation simulation, SplittableRandom random) {
        this.index = index;
        this.way = way;
        this.simulation = simulation;
        this.random = random;
        this.network = new Network(simulation.schedule(), random.split());
        for (var namespace : Chat.NAMESPACES) {
            sockets.put(namespace, new ClientSocket(namespace, this, simulation.ledger()));
        }
    }

    /** Whether it may be ended since it has more than its share. */
    boolean isGreedy() {
        return simulation.settings().isGreedy(index);
    }

    Way way() {
        return way;
    }

    Network network() {
        return network;
    }

    Simulation simulation() {
        return simulation;
    }

    ClientSocket socket(String namespace) {
        return Objects.requireNonNull(sockets.get(namespace));
    }

    @Nullable
    ClientConnection connection() {
        return connection;
    }

    /** Where it is, or was last. */
    ServerPlace place() {
        return simulation.server(server);
    }

    /** Where one more request of its session arrives, which is at that server or not. */
    ServerPlace route(ServerPlace owner) {
        var settings = simulation.settings();
        return settings.sticky() ? owner : simulation.server(random.nextInt(settings.servers()));
    }

    void trace(String what) {
        simulation.trace().note("client " + index, what);
    }

    /** Wants to be connected from now on. */
    void start() {
        wanted = true;
        connect();
    }

    private void connect() {
        if (wanted && connection == null) {
            if (random.nextBoolean()) {
                server = random.nextInt(simulation.settings().servers());
            }
            trace("connects to server " + server);
            connection = new ClientConnection(this, simulation.server(server), simulation.schedule());
        }
    }

    /** Says goodbye, and does not come back. */
    void stop() {
        wanted = false;
        if (connection != null) {
            connection.session().close(simulation.schedule().nowMillis());
        }
    }

    /** Ends the connection, and comes back. */
    void restart() {
        if (connection != null) {
            connection.session().abort(CloseReason.FORCED_CLOSE);
        }
    }

    void opened(ClientConnection opened) {
        if (opened == connection) {
            trace("opened");
            sockets.values().forEach(socket -> socket.opened(opened));
        }
    }

    void receive(ClientConnection from, SocketPacket packet) {
        if (from == connection) {
            trace("received " + packet);
            socket(packet.namespace()).receive(packet);
        }
    }

    void closed(ClientConnection closed, CloseReason reason) {
        trace("closed: " + reason);
        if (reason != CloseReason.FORCED_CLOSE) {
            network.closeIdle();
        }
        if (closed != connection) {
            return;
        }
        connection = null;
        sockets.values().forEach(ClientSocket::closed);
        if (wanted) {
            simulation.schedule().afterMillis(pause(), this::connect);
        }
    }

    /** Mostly short, at times longer than servers remember a client. */
    private long pause() {
        return switch (random.nextInt(8)) {
            case 0 -> 1_500 + random.nextInt(3_000);
            case 1, 2, 3 -> 200 + random.nextInt(800);
            default -> random.nextInt(100);
        };
    }

    /** Whether it is connected in all namespaces. */
    boolean settled() {
        return connection != null && sockets.values().stream().allMatch(ClientSocket::connected);
    }

    /** All is quiet: nothing may be missing any more. */
    void check() {
        sockets.values().forEach(ClientSocket::check);
    }

    @Override
    public String toString() {
        return "client " + index;
    }
}
