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
    /** The body that is being read, or whose rest waits until the session reads again; null if there is none. */
    private @Nullable Body body;
    /** Whether {@link #read} runs further up the stack: the handler of a packet may make the session read again. */
    private boolean busy;
    /** Null if kept bytes are not charged. */
    private @Nullable Held held;

    Intake(Receiver receiver, Limits limits) {
        this.receiver = receiver;
        this.maxPackets = limits.packetsPerPayload();
    }

    /** Charges the bodies that are kept to a budget from now on. */
    void chargeTo(Budget budget) {
        held = new Held(budget);
    }

    /** Handles a message of a WebSocket. */
    void frame(Transport from, Bytes frame, boolean binary, long now) {
        if (!receiver.accepts(from)) {
            return;
        }
        try {
            receiver.receive(from, from.framing().decode(frame, binary), now);
        } catch (ProtocolException e) {
            reject(from, e);
        }
    }

    /**
     * Handles the packets of a body; those before a malformed one are handled, too. If the session stops reading, the
     * rest is kept.
     *
     * @return false if a malformed packet was read
     */
    boolean payload(Transport from, Bytes payload, long now) {
        body = new Body(from, from.framing().read(payload, maxPackets), payload.length());
        return resume(now);
    }

    /** Handles the rest of the body, now that the session reads again. */
    boolean resume(long now) {
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
            while (receiver.accepts(from)) {
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

    /** Whether a body has not been read to its end. */
    boolean isUnderWay() {
        return body != null;
    }

    /** Bytes of bodies that are kept. */
    long bytes() {
        return held == null ? 0 : held.bytes();
    }

    private void keep(long bytes) {
        if (held != null) {
            held.set(bytes);
        }
    }

    /** Drops the rest of the body. */
    void discard() {
        body = null;
        keep(0);
    }

    private record Body(Transport from, Framing.Packets packets, int length) {}

    /** The one place where a peer's fault ends its session, or only its probe. */
    private void reject(Transport from, ProtocolException e) {
        if (receiver.accepts(from)) {
            receiver.reject(from, e);
        }
    }

    /** The part of a session that handles packets. */
    interface Receiver {
        /** Whether packets of this transport are handled, not ignored. */
        boolean accepts(Transport from);

        /** Whether the session reads packets at present. */
        boolean reads();

        /** @throws ProtocolException if the packet is not allowed now */
        void receive(Transport from, EnginePacket packet, long now);

        /** The peer broke the protocol there. */
        void reject(Transport from, ProtocolException fault);
    }
}
