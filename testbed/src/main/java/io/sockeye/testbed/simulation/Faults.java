package io.sockeye.testbed.simulation;

import io.sockeye.server.SocketServer;
import java.util.List;
import java.util.SplittableRandom;

/** Makes those parts of a run in which something may be wrong on purpose, to see that it is found. */
class Faults {
    /** Nothing is wrong. */
    static final Faults NONE = new Faults();

    /** A loop of a server. */
    SimulatedLoop loop(int index, Schedule schedule, SplittableRandom random) {
        return new SimulatedLoop(index, schedule, random);
    }

    /** What a server sends over a WebSocket when its loop has done what it is doing. */
    List<Message.Frame> flush(List<Message.Frame> collected) {
        return collected;
    }

    /** A server that has begun. */
    void begin(SocketServer server) {}
}
