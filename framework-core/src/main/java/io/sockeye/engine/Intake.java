package io.sockeye.engine;

import io.sockeye.bytes.Bytes;

/**
 * The receiving side of a session: what arrives over its transports, packet by packet, until one breaks the protocol.
 * Owned by its session.
 */
final class Intake {
    private final Receiver receiver;
    private final int maxPackets;

    Intake(Receiver receiver, Limits limits) {
        this.receiver = receiver;
        this.maxPackets = limits.packetsPerPayload();
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
     * Takes a body that holds packets; those in front of a bad one count.
     *
     * @return whether all of it could be read
     */
    boolean payload(Transport from, Bytes payload, long now) {
        var packets = from.framing().read(payload, maxPackets);
        try {
            while (receiver.listensTo(from)) {
                var packet = packets.next();
                if (packet == null) {
                    break;
                }
                receiver.receive(from, packet, now);
            }
            return true;
        } catch (ProtocolException e) {
            reject(from, e);
            return false;
        }
    }

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

        /** @throws ProtocolException if the packet may not come now */
        void receive(Transport from, EnginePacket packet, long now);

        /** The peer broke the protocol there. */
        void reject(Transport from, ProtocolException fault);
    }
}
