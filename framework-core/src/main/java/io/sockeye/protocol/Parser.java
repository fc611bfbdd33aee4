package io.sockeye.protocol;

import io.sockeye.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes Socket.IO packets as messages of Engine.IO. Both sides must use the same parser. {@link #standard()} is the
 * default of every client; another parser looks like this one, which sends only events:
 *
 * <pre>{@code
 * final class EventsOnly implements Parser {
 *     public List<EnginePacket> encode(SocketPacket packet) {
 *         var json = packet instanceof SocketPacket.Event event ? event.arguments().raw() : Bytes.EMPTY;
 *         return List.of(EnginePacket.message(json));
 *     }
 *
 *     public Decoder decoder(Json json, SocketLimits limits) {
 *         return message -> PacketRules.event("/", SocketPacket.NO_ACK, json.readArray(message.data(), 0));
 *     }
 * }
 * }</pre>
 *
 * <p>A parser has no state: any thread may call it, and what it encodes once is sent to many.
 */
public interface Parser {
    /**
     * The messages that carry the packet, in their order: at least one.
     *
     * @throws io.sockeye.json.JsonException when the parser has no form for a value
     */
    List<EnginePacket> encode(SocketPacket packet);

    /** A decoder for the messages of one new connection. */
    Decoder decoder(Json json, SocketLimits limits);

    /** The parser of the specification: text, and a message for each binary value. */
    static Parser standard() {
        return StandardParser.INSTANCE;
    }

    /** Turns the messages of one connection into packets. Called by one thread at a time. */
    @FunctionalInterface
    interface Decoder {
        /**
         * The packet that the message completes, or null when more messages must come first.
         *
         * @throws io.sockeye.protocol.ProtocolException when the message breaks the protocol; {@link PacketRules} throws it.
         *     It ends the connection, as a {@link io.sockeye.json.JsonException} does; nothing else may be thrown,
         *     whatever the message holds.
         */
        @Nullable
        SocketPacket receive(EnginePacket message);
    }
}
