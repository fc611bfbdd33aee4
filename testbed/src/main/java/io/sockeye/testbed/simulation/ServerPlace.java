package io.sockeye.testbed.simulation;

import io.sockeye.server.Bus;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An address at which one server after another can be. */
final class ServerPlace {
    private final Simulation simulation;
    private final @Nullable Bus bus;
    private final SplittableRandom random;
    private @Nullable SimulatedServer server;

    /** @param bus of the cluster; null if there is none */
    ServerPlace(Simulation simulation, @Nullable Bus bus, SplittableRandom random) {
        this.simulation = simulation;
        this.bus = bus;
        this.random = random;
        start();
    }

    private void start() {
        var member = bus == null ? null : bus.cluster(simulation.nextNode());
        server = new SimulatedServer(simulation, simulation.settings(), member, random.split());
    }

    /** Does something with the server, if there is one. */
    void use(Consumer<SimulatedServer> action) {
        if (server != null) {
            action.accept(server);
        }
    }

    /** A client wants to connect. */
    void accept(Wire wire) {
        if (server == null) {
            wire.cut(true);
        } else {
            server.host().accept(wire);
        }
    }

    /** The server is gone from one moment to the next; another one takes its place after a while. */
    void kill(long awayMillis, boolean noticed) {
        var killed = leave(awayMillis);
        if (killed != null) {
            killed.kill(noticed);
            simulation.ledger().dies(killed.chat());
        }
    }

    /** The server stops in good order; another one takes its place after a while, which may be before it has ended. */
    void stop(long awayMillis) {
        var stopped = leave(awayMillis);
        if (stopped != null) {
            simulation.ledger().stops(stopped.chat());
            stopped.stop();
        }
    }

    private @Nullable SimulatedServer leave(long awayMillis) {
        var left = server;
        if (left != null) {
            server = null;
            simulation.schedule().afterMillis(awayMillis, this::start);
        }
        return left;
    }
}
