package io.sockeye.server.netty;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EnginePacket;
import io.sockeye.engine.Framing;
import java.util.List;
import java.util.Map;

/** Payloads as they are. */
record PlainFormat(Framing framing) implements PollFormat {
    private static final Map<String, String> TEXT =
            Map.of("Content-Type", "text/plain; charset=UTF-8", "Cache-Control", "no-store");
    private static final Map<String, String> BINARY =
            Map.of("Content-Type", "application/octet-stream", "Cache-Control", "no-store");

    @Override
    public Answer answer(List<EnginePacket> packets) {
        var payload = framing.payload(packets);
        return new Answer(payload.binary() ? BINARY : TEXT, payload.body());
    }

    @Override
    public Bytes payload(Bytes body) {
        return body;
    }
}
