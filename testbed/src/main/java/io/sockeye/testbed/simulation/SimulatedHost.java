package io.sockeye.testbed.simulation;

import io.sockeye.server.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What receives the requests of the clients for a server, on simulated loops. */
final class SimulatedHost implements Host {
    private final Simulation simulation;
    private final SplittableRandom random;
    private final List<SimulatedLoop> loops = new ArrayList<>();
    private final List<Wire> wires = new ArrayList<>();
    private @Nullable Handler handler;
    private boolean listening;

    SimulatedHost(Simulation simulation, SplittableRandom random) {
        this.simulation = simulation;
        this.random = random;
        for (int i = 0; i < simulation.settings().loops(); i++) {
            loops.add(simulation.faults().loop(i, simulation.schedule(), random.split()));
        }
    }

    @Override
    public List<SimulatedLoop> loops() {
        return loops;
    }

    @Override
    public void start(Handler requests) {
        handler = requests;
        listening = true;
    }

    Handler handler() {
        return Objects.requireNonNull(handler);
    }

    Schedule schedule() {
        return simulation.schedule();
    }

    Faults faults() {
        return simulation.faults();
    }

    /** A client wants to connect. */
    void accept(Wire wire) {
        if (!listening) {
            wire.cut(true);
            return;
        }
        wires.removeIf(Wire::over);
        wires.add(wire);
        wire.server(new HostConnection(this, wire, random.nextInt(loops.size()), random.split()));
    }

    @Override
    public void stopListening() {
        listening = false;
    }

    /** Everything else goes on meanwhile. */
    @Override
    public boolean await(CompletableFuture<?> what, Duration timeout) {
        goOn(timeout, what::isDone);
        return what.isDone();
    }

    private void goOn(Duration timeout, BooleanSupplier done) {
        var schedule = simulation.schedule();
        schedule.runUntil(schedule.nowMillis() + timeout.toMillis(), done);
    }

    @Override
    public void shutDown(Duration timeout) {
        goOn(timeout, () -> loops.stream().noneMatch(SimulatedLoop::isBusy));
        wires.forEach(wire -> wire.halfClose(false));
        loops.forEach(SimulatedLoop::end);
    }

    /**
     * It is gone with all its connections from one moment to the next.
     *
     * @param noticed whether the clients see that
     */
    void kill(boolean noticed) {
        listening = false;
        loops.forEach(SimulatedLoop::end);
        wires.forEach(wire -> wire.cut(noticed));
    }

    @Override
    public String address() {
        return "the simulation";
    }
}
