package io.sockeye.msgpack;

import io.sockeye.json.Json;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import java.util.List;

/**
 * Packets in MessagePack, as {@code socket.io-msgpack-parser} 3.0.2 of npm writes and reads them: each is one binary
 * message, a map of {@code type} (0 to 4), {@code nsp}, {@code data} and {@code id}. Binary values are inline, without
 * messages of their own. Immutable; any thread.
 *
 * <pre>{@code
 * var server = SocketServer.builder().parser(new MsgpackParser()).build();
 * // in the browser: io(url, { parser: msgpackParser })
 * }</pre>
 *
 * <p>Handlers see the same values as with {@link Parser#standard()}: dates are text in ISO 8601, {@code undefined}, NaN and
 * infinity are null, a map's integer keys are text; whole numbers keep all their digits up to 64 bits, other numbers those of a double. An extension that
 * the reference does not know is an array of its type and its bytes. One packet may hold 1,000 binary
 * values, or as many as {@link SocketLimits#attachments()} allows if that is more.
 *
 * <p>Needs {@code org.msgpack:msgpack-core}, which is an optional dependency.
 */
public final class MsgpackParser implements Parser {
    /** Binary values are cheap on the wire, but each takes some hundred bytes of memory here. */
    private static final int MIN_BINARY_VALUES = 1000;

    private static final String LIBRARY = "org.msgpack.core.MessagePack";

    /** @throws IllegalStateException if {@code org.msgpack:msgpack-core} is missing */
    public MsgpackParser() {
        this(MsgpackParser.class.getClassLoader());
    }

    MsgpackParser(ClassLoader loader) {
        try {
            Class.forName(LIBRARY, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "MsgpackParser needs the library org.msgpack:msgpack-core, an optional dependency of sockeye-core:"
                            + " add it to the class path, or to the module path with --add-modules msgpack.core",
                    e);
        }
    }

    @Override
    public List<EnginePacket> encode(SocketPacket packet) {
        return List.of(EnginePacket.binaryMessage(PacketWriter.write(packet)));
    }

    @Override
    public Decoder decoder(Json json, SocketLimits limits) {
        int binaryValues = Math.max(MIN_BINARY_VALUES, limits.attachments());
        var allowed = new SocketLimits(binaryValues, limits.namespaceLength(), limits.attachmentBytes());
        return message -> decode(message, json, allowed);
    }

    private static SocketPacket decode(EnginePacket message, Json json, SocketLimits limits) {
        if (!message.binary()) {
            throw new ProtocolException("text where MessagePack is expected: " + message.data());
        }
        return new PacketReader(new MsgpackReader(message.data(), limits), json, limits).read();
    }
}
