package io.sockeye.testbed.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The connections of one client. */
final class Network {
    private final Schedule schedule;
    private final SplittableRandom random;
    private final List<Wire> wires = new ArrayList<>();

    Network(Schedule schedule, SplittableRandom random) {
        this.schedule = schedule;
        this.random = random;
    }

    Wire connect(ServerPlace server) {
        var wire = new Wire(schedule, random.split());
        wires.removeIf(Wire::over);
        wires.add(wire);
        server.accept(wire);
        return wire;
    }

    /** Does something to each connection. */
    void forEach(Consumer<Wire> fault) {
        List.copyOf(wires).forEach(fault);
    }
}
