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
    private final List<ClientHttp> http = new ArrayList<>();

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

    /** A connection for a request: at times one that has answered others. */
    ClientHttp http(ServerPlace server) {
        http.removeIf(ClientHttp::ended);
        for (var each : http) {
            if (each.isIdle() && each.leadsTo(server)) {
                return each;
            }
        }
        var made = new ClientHttp(server, connect(server), random.nextInt(4) > 0);
        http.add(made);
        return made;
    }

    /** Something has failed: what is idle may be lost, too. */
    void closeIdle() {
        http.stream().filter(ClientHttp::isIdle).forEach(ClientHttp::end);
    }

    /** Does something to each connection. */
    void forEach(Consumer<Wire> fault) {
        List.copyOf(wires).forEach(fault);
    }
}
