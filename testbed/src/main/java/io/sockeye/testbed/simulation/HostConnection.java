package io.sockeye.testbed.simulation;

import java.util.SplittableRandom;

/** The server's end of a connection. What happens there is handled by the loop that it belongs to at the moment. */
final class HostConnection implements Wire.End {
    private static final long LONGEST_MICROS = 20_000;

    private final SimulatedHost host;
    private final Wire wire;
    private final SplittableRandom random;
    private SimulatedLoop loop;
    /** Who has the connection since its request. */
    private Wire.End owner = Wire.End.NOBODY;
    /** Whether the client has left. */
    private boolean ended;

    HostConnection(SimulatedHost host, Wire wire, int loop, SplittableRandom random) {
        this.host = host;
        this.wire = wire;
        this.random = random;
        this.loop = host.loops().get(loop);
    }

    SimulatedHost host() {
        return host;
    }

    Wire wire() {
        return wire;
    }

    SimulatedLoop loop() {
        return loop;
    }

    SplittableRandom random() {
        return random;
    }

    boolean ended() {
        return ended;
    }

    /** Does something on the loop after some time. */
    void later(Runnable task) {
        host.schedule().after(random.nextLong(LONGEST_MICROS), () -> loop.post(task));
    }

    /** Belongs to another loop from now on. */
    void moveTo(int index) {
        loop = host.loops().get(index);
    }

    void owner(Wire.End next) {
        owner = next;
    }

    @Override
    public void receive(Message message) {
        loop.post(() -> handle(message));
    }

    private void handle(Message message) {
        if (!loop.inLoop()) {
            receive(message); // It moved meanwhile.
            return;
        }
        if (ended) {
            return; // What comes behind the end of one half.
        }
        if (message instanceof Message.Request request) {
            var exchange = new SimulatedExchange(this, request);
            owner = exchange;
            host.handler().handle(exchange);
        } else {
            if (message instanceof Message.End) {
                ended = true;
                wire.halfClose(false);
            }
            owner.receive(message);
        }
    }

    @Override
    public void writableAgain() {
        loop.post(() -> owner.writableAgain());
    }
}
