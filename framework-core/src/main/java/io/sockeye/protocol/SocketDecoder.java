package io.sockeye.protocol;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the messages of one connection into packets. Not thread-safe. Holds the attachments of at most one packet, and
 * nothing after an exception: the next message is then taken as the first of a packet.
 */
final class SocketDecoder implements Parser.Decoder {
    private final Json json;
    private final SocketLimits limits;

    /** The packet that waits for attachments; null between packets. */
    private @Nullable SocketPacket waiting;

    private final List<Bytes> attachments = new ArrayList<>(0);
    private int missing;
    private long bytes;

    SocketDecoder(Json json, SocketLimits limits) {
        this.json = json;
        this.limits = limits;
    }

    @Override
    public @Nullable SocketPacket receive(EnginePacket message) {
        if (message.type() != EnginePacket.Type.MESSAGE) {
            throw new IllegalArgumentException("engine packet of type " + message.type());
        }
        return message.binary() ? attachment(message.data()) : text(message.data());
    }

    /** Whether the next message must be binary. */
    boolean awaitsAttachments() {
        return waiting != null;
    }

    private @Nullable SocketPacket text(Bytes text) {
        if (waiting != null) {
            int late = missing;
            reset();
            throw new ProtocolException("text while attachments are missing: " + late);
        }
        var reader = new PacketReader(text, json, limits);
        SocketPacket packet = reader.read();
        if (reader.attachments() == 0) {
            return packet;
        }
        missing = reader.attachments();
        waiting = packet;
        return null;
    }

    private @Nullable SocketPacket attachment(Bytes data) {
        SocketPacket packet = waiting;
        if (packet == null) {
            throw new ProtocolException("binary message without a packet that it belongs to");
        }
        bytes += data.length();
        if (bytes > limits.attachmentBytes()) {
            long size = bytes;
            reset();
            throw new ProtocolException("attachment bytes: %d, limit %d (10 times the bytes of a message)"
                    .formatted(size, limits.attachmentBytes()));
        }
        attachments.add(data);
        missing--;
        if (missing > 0) {
            return null;
        }
        List<Bytes> complete = List.copyOf(attachments);
        reset();
        return withAttachments(packet, complete);
    }

    private void reset() {
        waiting = null;
        attachments.clear();
        missing = 0;
        bytes = 0;
    }

    private static SocketPacket withAttachments(SocketPacket packet, List<Bytes> attachments) {
        if (packet instanceof SocketPacket.Event event) {
            JsonArray arguments = event.arguments().withAttachments(attachments);
            return new SocketPacket.Event(event.namespace(), event.ackId(), arguments);
        }
        if (packet instanceof SocketPacket.Ack ack) {
            JsonArray arguments = ack.arguments().withAttachments(attachments);
            return new SocketPacket.Ack(ack.namespace(), ack.ackId(), arguments);
        }
        throw new IllegalStateException("no packet with attachments: " + packet);
    }
}
