package io.sockeye.engine;

import java.util.List;

/**
 * A transport that tries to take over a server's session. Answers its probe, and the poll whose end the client awaits
 * before it upgrades. Owned by its session.
 */
final class ServerProbe {
    /** Between two NOOPs to a poll that holds up an upgrade, as in the reference server. */
    private static final long NOOP_EVERY_MILLIS = 100;

    private static final List<EnginePacket> NOOP = List.of(EnginePacket.NOOP);
    private static final List<EnginePacket> ANSWER = List.of(EnginePacket.probe(EnginePacket.Type.PONG));

    private final Transport transport;
    /** The transport that the client polls meanwhile. */
    private final Transport polling;

    private final long timeoutMillis;
    /** When a waiting poll is answered next; never before the probe was answered. */
    private long noopMillis = Long.MAX_VALUE;

    ServerProbe(Transport transport, Transport polling, long timeoutMillis) {
        this.transport = transport;
        this.polling = polling;
        this.timeoutMillis = timeoutMillis;
    }

    Transport transport() {
        return transport;
    }

    Step receive(EnginePacket packet, long now) {
        if (packet.type() == EnginePacket.Type.UPGRADE) {
            return Step.UPGRADE;
        }
        boolean asks = packet.type() == EnginePacket.Type.PING && packet.isProbe();
        // Who asks again and again without reading the answers must not pile them up here.
        if (!asks || !transport.writable()) {
            return Step.FAIL;
        }
        transport.write(ANSWER);
        releasePoll(now);
        return Step.WAIT;
    }

    /** What is to be done now that this time has come. */
    Step tick(long now) {
        if (now >= timeoutMillis) {
            return Step.FAIL;
        }
        if (now >= noopMillis) {
            releasePoll(now);
        }
        return Step.WAIT;
    }

    /** The client waits for the end of its poll before it upgrades: a NOOP answers it. */
    private void releasePoll(long now) {
        noopMillis = now + NOOP_EVERY_MILLIS;
        if (polling.writable()) {
            polling.write(NOOP);
        }
    }

    long deadlineMillis() {
        return Math.min(timeoutMillis, noopMillis);
    }

    /** What the session has to do with its probe. */
    enum Step {
        WAIT,
        UPGRADE,
        FAIL
    }
}
