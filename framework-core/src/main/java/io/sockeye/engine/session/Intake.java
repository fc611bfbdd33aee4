package io.sockeye.engine.session;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.engine.Limits;
import io.sockeye.engine.Transport;
import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.Held;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of a session: what arrives over its transports, packet by packet, until one breaks the protocol.
 * Owned by its session.
 */
final class Intake {
    private final Receiver receiver;
    private final int maxPackets;
    /** The body that is being read, or is read further once the session reads again; null if there is none. */
    private @Nullable Body body;
    /** Whether it is being read further up the stack: whoever handles a packet may let the session read again. */
    private boolean busy;
    /** Null if nobody counts what is kept. */
    private @Nullable Held held;

    Intake(Receiver receiver, Limits limits) {
        this.receiver = receiver;
        this.maxPackets = limits.packetsPerPayload();
    }

    /** From now on what is kept of bodies is charged to a budget. */
    void chargeTo(Budget budget) {
        held = new Held(budget);
    }

    /** Takes a message of a WebSocket. */
    void frame(Transport from, Bytes frame, boolean binary, long now) {
        if (!receiver.listensTo(from)) {
            return;
        }
        try {
            receiver.receive(from, from.framing().decode(frame, binary), now);
        } catch (ProtocolException e) {
            reject(from, e);
        }
    }

    /**
     * Takes a body that holds packets; those in front of a bad one count. What is left when the session stops to read is
     * kept as it is.
     *
     * @return whether all of it could be read, as far as it was
     */
    boolean payload(Transport from, Bytes payload, long now) {
        body = new Body(from, from.framing().read(payload, maxPackets), payload.length());
        return goOn(now);
    }

    /** The session reads again: takes what is left of the body. */
    boolean goOn(long now) {
        var present = body;
        if (present == null || busy) {
            return true;
        }
        busy = true;
        try {
            return read(present, now);
        } finally {
            busy = false;
        }
    }

    private boolean read(Body present, long now) {
        var from = present.from();
        try {
            while (receiver.listensTo(from)) {
                if (!receiver.reads()) {
                    keep(present.length());
                    return true;
                }
                var packet = present.packets().next();
                if (packet == null) {
                    break;
                }
                receiver.receive(from, packet, now);
            }
            discard();
            return true;
        } catch (ProtocolException e) {
            discard();
            reject(from, e);
            return false;
        }
    }

    /** Whether a body is not read to its end. */
    boolean isUnderWay() {
        return body != null;
    }

    /** What is kept of a body. */
    long bytes() {
        return held == null ? 0 : held.bytes();
    }

    private void keep(long bytes) {
        if (held != null) {
            held.set(bytes);
        }
    }

    /** What is left of a body is not read any more. */
    void discard() {
        body = null;
        keep(0);
    }

    private record Body(Transport from, Framing.Packets packets, int length) {}

    /** The one place where a peer's fault ends its session, or only its probe. */
    private void reject(Transport from, ProtocolException e) {
        if (receiver.listensTo(from)) {
            receiver.reject(from, e);
        }
    }

    /** The session, or what of it receives. */
    interface Receiver {
        /** Whether what comes over this transport still counts. */
        boolean listensTo(Transport from);

        /** Whether the session takes packets at the moment, or lets them wait. */
        boolean reads();

        /** @throws ProtocolException if the packet may not come now */
        void receive(Transport from, EnginePacket packet, long now);

        /** The peer broke the protocol there. */
        void reject(Transport from, ProtocolException fault);
    }
}
