package io.sockeye.engine;

import java.util.List;

/** A transport that tries to take over a client's session: asks, and rests polling once answered. Owned by its session. */
final class ClientProbe {
    private static final List<EnginePacket> QUESTION = List.of(EnginePacket.probe(EnginePacket.Type.PING));

    private final Transport transport;
    private final Pausable polling;
    private final long deadlineMillis;
    private Step step = Step.CONNECTING;

    ClientProbe(Transport transport, Pausable polling, long deadlineMillis) {
        this.transport = transport;
        this.polling = polling;
        this.deadlineMillis = deadlineMillis;
    }

    Transport transport() {
        return transport;
    }

    long deadlineMillis() {
        return deadlineMillis;
    }

    /** Whether polling rests, or is about to. */
    boolean pausing() {
        return step == Step.PAUSING;
    }

    /** Asks, once the transport takes it. */
    void transportReady() {
        if (step == Step.CONNECTING && transport.writable()) {
            step = Step.ASKING;
            transport.write(QUESTION);
        }
    }

    /** Whether that was the answer; anything else fails the probe. */
    boolean receive(EnginePacket packet) {
        boolean answer = packet.type() == EnginePacket.Type.PONG && packet.isProbe();
        if (!answer || step != Step.ASKING) {
            return false;
        }
        step = Step.PAUSING;
        polling.pause();
        return true;
    }

    /** Ends the transport; polling goes on if it rests. */
    void fail() {
        transport.close();
        if (pausing()) {
            polling.resume();
        }
    }

    private enum Step {
        CONNECTING,
        ASKING,
        PAUSING
    }
}
