package io.sockeye.testbed.simulation;

import io.sockeye.server.Bus;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An address at which one server after another can be. */
final class ServerPlace {
    /** By then all know what the log has forgotten. */
    private static final long FORGOTTEN_MILLIS = 200;

    private final Simulation simulation;
    private final @Nullable Bus bus;
    private final SplittableRandom random;
    private @Nullable SimulatedServer server;
    /** The name of the last one. */
    private String node = "";

    /** @param bus of the cluster; null if there is none */
    ServerPlace(Simulation simulation, @Nullable Bus bus, SplittableRandom random) {
        this.simulation = simulation;
        this.bus = bus;
        this.random = random;
        start();
    }

    private void start() {
        node = simulation.nextNode();
        var member = bus == null ? null : bus.cluster(node);
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

    /**
     * The server does not read the log of the cluster for a while.
     *
     * @param kept what the log does not forget by then, if it is short
     */
    void stallLog(long millis, int kept) {
        if (bus == null) {
            return;
        }
        String stalled = node;
        bus.pauseReader(stalled);
        simulation.schedule().afterMillis(millis, () -> {
            if (simulation.settings().shortLog()) {
                bus.trimLog(kept);
                simulation.ledger().logForgets();
                simulation.schedule().afterMillis(FORGOTTEN_MILLIS, simulation.ledger()::logForgets);
            }
            bus.resumeReader(stalled);
        });
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
