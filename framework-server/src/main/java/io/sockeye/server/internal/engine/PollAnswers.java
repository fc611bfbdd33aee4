package io.sockeye.server.internal.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.memory.HeldPackets;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.server.internal.http.Call;
import io.sockeye.server.internal.http.PollFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * The answers to one session's polls that have not left, and what is held for them: the packets that they are made of, with
 * others, and what is their own. Owned by the loop.
 */
final class PollAnswers {
    /** What a host copies of an answer, about: it sends the next part when the last one has left. */
    private static final long COPIED_BYTES = 64 << 10;

    private final HeldPackets held;
    private final List<UnderWay> underWay = new ArrayList<>(1);

    PollAnswers(HeldPackets held) {
        this.held = held;
    }

    /**
     * Answers a poll.
     *
     * @param packets of which the answer is made
     */
    void send(Call call, PollFormat.Answer answer, List<List<EnginePacket>> packets) {
        long length = Bytes.length(answer.body());
        // The parts of a short one are copied by now.
        var kept = answer.body().size() == 1 ? List.<List<EnginePacket>>of() : packets;
        var one = new UnderWay(call, kept, Math.max(answer.ownBytes(), Math.min(length, COPIED_BYTES)));
        one.begin();
        call.respond(200, answer.headers(), answer.body(), one::left);
    }

    /** What they hold. */
    long bytes() {
        return held.bytes();
    }

    /** Ends the connections on which they are under way. */
    void cut() {
        List.copyOf(underWay).forEach(one -> one.call.cut());
    }

    private final class UnderWay {
        private final Call call;
        private final List<List<EnginePacket>> packets;
        private final long ownBytes;

        private UnderWay(Call call, List<List<EnginePacket>> packets, long ownBytes) {
            this.call = call;
            this.packets = packets;
            this.ownBytes = ownBytes;
        }

        private void begin() {
            underWay.add(this);
            held.add(ownBytes);
            packets.forEach(held::add);
        }

        /** Told once or more often. */
        private void left() {
            if (underWay.remove(this)) {
                held.add(-ownBytes);
                packets.forEach(held::remove);
            }
        }
    }
}
