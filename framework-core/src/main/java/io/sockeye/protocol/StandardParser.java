package io.sockeye.protocol;

import io.sockeye.json.Json;
import java.util.List;

/** The parser of the specification. */
final class StandardParser implements Parser {
    static final StandardParser INSTANCE = new StandardParser();

    private StandardParser() {}

    @Override
    public List<EnginePacket> encode(SocketPacket packet) {
        return SocketEncoder.encode(packet);
    }

    @Override
    public Decoder decoder(Json json, SocketLimits limits) {
        return new SocketDecoder(json, limits);
    }
}
