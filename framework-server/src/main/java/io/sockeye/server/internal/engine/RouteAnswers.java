package io.sockeye.server.internal.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.Held;
import io.sockeye.server.http.HttpResponse;
import io.sockeye.server.internal.http.Call;
import io.sockeye.server.internal.http.LogPause;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers of the application's routes, and files, that have not left. They belong to no session, and have a share of the
 * memory for what clients have not taken: when all of it is used, the one ends that has been under way the longest. Content that
 * several answers have counts once. Those of one loop, and owned by it.
 */
final class RouteAnswers {
    private static final Logger log = LoggerFactory.getLogger(RouteAnswers.class);

    /** What a host copies of an answer, about: it sends the next part when the last one has left. */
    private static final int COPIED_BYTES = 64 << 10;

    private final Held held;
    private final long limitBytes;
    private final LogPause pause;
    /** The oldest one first. */
    private final Set<UnderWay> underWay = new LinkedHashSet<>();
    /** How many answers are made of the very same content. */
    private final IdentityHashMap<Bytes, Integer> contents = new IdentityHashMap<>();

    /** @param limitBytes that all of them may have */
    RouteAnswers(Budget budget, long limitBytes, LogPause pause) {
        this.held = new Held(budget);
        this.limitBytes = limitBytes;
        this.pause = pause;
    }

    /** Answers a request. */
    void send(Call call, HttpResponse response) {
        var one = new UnderWay(call, response.body());
        one.begin();
        makeRoom();
        call.respond(response.status(), response.headers(), List.of(response.body()), one::left);
    }

    /** A single answer may be as long as the application likes. */
    private void makeRoom() {
        while (held.bytes() > limitBytes && underWay.size() > 1) {
            underWay.iterator().next().cut();
        }
    }

    private final class UnderWay {
        private final Call call;
        private final Bytes content;

        private UnderWay(Call call, Bytes content) {
            this.call = call;
            this.content = content;
        }

        private void begin() {
            underWay.add(this);
            held.add(copiedBytes());
            if (isKept() && contents.merge(content, 1, Integer::sum) == 1) {
                held.add(content.length());
            }
        }

        private long copiedBytes() {
            return Math.min(content.length(), COPIED_BYTES);
        }

        /** Whether the content itself is needed until all of it has left. */
        private boolean isKept() {
            return content.length() > COPIED_BYTES;
        }

        /** Told once or more often. */
        private void left() {
            if (underWay.remove(this)) {
                held.add(-copiedBytes());
                if (isKept()) {
                    release();
                }
            }
        }

        private void release() {
            var count = contents.remove(content);
            if (count == null || count == 1) {
                held.add(-content.length());
            } else {
                contents.put(content, count - 1);
            }
        }

        private void cut() {
            left();
            if (pause.isOver(call.loop().nowMillis())) {
                log.info(
                        "memory: an answer was cut off that had not been taken, such answers may have {} bytes on this loop"
                                + " (said once a minute)",
                        limitBytes);
            }
            call.cut();
        }
    }
}
