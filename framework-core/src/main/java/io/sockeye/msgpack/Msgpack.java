package io.sockeye.msgpack;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.Json;
import io.sockeye.json.JsonException;
import io.sockeye.json.JsonValue;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.SocketLimits;
import java.io.IOException;
import org.msgpack.core.MessageInsufficientBufferException;
import org.msgpack.core.MessagePackException;

/**
 * Single values in MessagePack, as the servers of a cluster send them to each other; binary values are inline. The
 * rules are those of {@link MsgpackParser}, which needs the same library. Any thread.
 */
public final class Msgpack {
    private Msgpack() {}

    /** Writes a value. */
    public static Bytes write(JsonValue value) {
        var writer = new MsgpackWriter();
        value.writeTo(writer);
        return writer.toBytes();
    }

    /**
     * Reads a message that consists of one value.
     *
     * @throws ProtocolException if it is not one value, or exceeds the limits
     */
    public static JsonValue read(Bytes message, Json json, SocketLimits limits) {
        var in = new MsgpackReader(message, limits);
        try {
            var builder = json.builder();
            in.value(builder);
            in.expectEnd();
            return builder.toValue();
        } catch (MessageInsufficientBufferException e) {
            throw new ProtocolException("%s: it ends too early".formatted(in));
        } catch (MessagePackException | IOException | JsonException e) {
            throw new ProtocolException("%s: %s".formatted(in, e.getMessage()));
        }
    }
}
