package io.sockeye.server.internal.http;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Framing;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.http.HttpHeaders;
import java.util.List;

/** How the polls of one session are answered and its POSTs are read. */
public interface PollFormat {
    Framing framing();

    /** The answer to a poll. */
    Answer answer(List<EnginePacket> packets);

    /** The payload in the body of a POST; empty, which is none, if the body is not as it should be. */
    Bytes payload(Bytes body);

    /**
     * Headers and body of an answer with status 200.
     *
     * @param ownBytes how many bytes of the body are nobody else's; the others are those of the packets
     */
    record Answer(HttpHeaders headers, List<Bytes> body, long ownBytes) {
        public static Answer of(HttpHeaders headers, Bytes body) {
            return new Answer(headers, List.of(body), body.length());
        }
    }
}
