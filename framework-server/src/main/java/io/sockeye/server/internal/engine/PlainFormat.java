package io.sockeye.server.internal.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.http.HttpHeaders;
import io.sockeye.server.internal.http.PollFormat;
import java.util.List;

/** Payloads as they are. */
record PlainFormat(Framing framing) implements PollFormat {
    private static final HttpHeaders TEXT =
            HttpHeaders.of("Content-Type", "text/plain; charset=UTF-8").and("Cache-Control", "no-store");
    private static final HttpHeaders BINARY =
            HttpHeaders.of("Content-Type", "application/octet-stream").and("Cache-Control", "no-store");

    @Override
    public Answer answer(List<EnginePacket> packets) {
        var payload = framing.payload(packets);
        return new Answer(payload.binary() ? BINARY : TEXT, payload.parts(), payload.ownBytes());
    }

    @Override
    public Bytes payload(Bytes body) {
        return body;
    }
}
