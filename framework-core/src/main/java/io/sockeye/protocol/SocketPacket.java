package io.sockeye.protocol;

import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonValue;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One Socket.IO packet. Whether it has attachments shows only on the wire, where types 5 and 6 are for those that do.
 * Immutable.
 *
 * <pre>{@code
 * if (packet instanceof SocketPacket.Event event && event.ackId() != SocketPacket.NO_ACK) {
 *     log.debug("{} wants an answer", event.name());
 * }
 * }</pre>
 */
public sealed interface SocketPacket {
    /** The acknowledgement id of an event that wants no answer. */
    long NO_ACK = -1;

    /** The namespace, with its leading slash. */
    String namespace();

    /**
     * A client asks to join a namespace, or a server confirms that it has joined.
     *
     * @param payload a JSON object: credentials, or the socket's id
     */
    record Connect(String namespace, @Nullable JsonValue payload) implements SocketPacket {
        public Connect {
            checkNamespace(namespace);
        }
    }

    /**
     * The server refuses to let a client join.
     *
     * @param payload a JSON object or string
     */
    record ConnectError(String namespace, JsonValue payload) implements SocketPacket {
        public ConnectError {
            checkNamespace(namespace);
            Objects.requireNonNull(payload, "payload");
        }
    }

    /** One side leaves the namespace. */
    record Disconnect(String namespace) implements SocketPacket {
        public Disconnect {
            checkNamespace(namespace);
        }
    }

    /**
     * An event.
     *
     * @param ackId {@link #NO_ACK}, or what the answer must carry
     * @param arguments the event's name, then its arguments
     */
    record Event(String namespace, long ackId, JsonArray arguments) implements SocketPacket {
        private static final Set<String> RESERVED =
                Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

        public Event {
            checkNamespace(namespace);
            Objects.requireNonNull(arguments, "arguments");
            if (ackId < NO_ACK) {
                throw new IllegalArgumentException("ack id " + ackId);
            }
        }

        /** Whether an event may not have that name, since the protocol or the official clients use it. */
        public static boolean isReserved(String name) {
            return RESERVED.contains(name);
        }

        /** The event's name; a number as it is written. */
        public String name() {
            String name = arguments.stringAt(0);
            return name == null ? arguments.value(0).raw().utf8() : name;
        }
    }

    /** The answer to the event with the same id. */
    record Ack(String namespace, long ackId, JsonArray arguments) implements SocketPacket {
        public Ack {
            checkNamespace(namespace);
            Objects.requireNonNull(arguments, "arguments");
            if (ackId < 0) {
                throw new IllegalArgumentException("ack id " + ackId);
            }
        }
    }

    private static void checkNamespace(String namespace) {
        if (!namespace.startsWith("/") || namespace.indexOf(',') >= 0) {
            throw new IllegalArgumentException("namespace " + namespace);
        }
    }
}
