package io.sockeye.server.internal.engine;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.Held;
import io.sockeye.server.internal.http.Call;
import io.sockeye.server.internal.http.LogPause;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bodies of requests to the application, from their first bytes until the application is through with them. They belong to
 * no session, and have a share of the memory for what clients send: when all of it is used, the largest one that has not come to its
 * end is refused. Those of one loop, and owned by it.
 */
final class RouteBodies {
    private static final Logger log = LoggerFactory.getLogger(RouteBodies.class);

    private final Budget budget;
    private final long limitBytes;
    private final LogPause pause;
    /** Those that have not come to their end. */
    private final Set<Body> incoming = new LinkedHashSet<>();

    private long bytes;

    /** @param limitBytes that all of them may have */
    RouteBodies(Budget budget, long limitBytes, LogPause pause) {
        this.budget = budget;
        this.limitBytes = limitBytes;
        this.pause = pause;
    }

    /**
     * Collects the body of a request.
     *
     * @param then told once all of it is there; {@link Body#close} is for it to call
     */
    void read(Call call, int maxBytes, Consumer<Body> then) {
        var body = new Body(call);
        incoming.add(body);
        call.onBodyHeld(body::holds);
        call.onAbort(() -> body.holds(0));
        call.readBody(
                maxBytes, content -> body.complete(content, then), () -> call.respond(413, "text/plain", Bytes.EMPTY));
    }

    private void makeRoom() {
        while (bytes > limitBytes) {
            var largest = incoming.stream().max(Comparator.comparingLong(Body::size));
            if (largest.isEmpty()) {
                return;
            }
            largest.get().refuse();
        }
    }

    /** Of one request. */
    final class Body {
        private final Call call;
        private final Held held = new Held(budget);
        private Bytes content = Bytes.EMPTY;

        private Body(Call call) {
            this.call = call;
        }

        Bytes content() {
            return content;
        }

        private long size() {
            return held.bytes();
        }

        private void set(long size) {
            bytes += size - held.bytes();
            held.set(size);
        }

        /** So much of it is held; nothing is once it was handed on, or refused. */
        private void holds(long size) {
            if (!incoming.contains(this)) {
                return;
            }
            if (size == 0) {
                incoming.remove(this);
            }
            set(size);
            makeRoom();
        }

        private void complete(Bytes all, Consumer<Body> then) {
            set(all.length());
            makeRoom();
            if (incoming.remove(this)) {
                content = all;
                handOn(then);
            }
        }

        private void handOn(Consumer<Body> then) {
            boolean taken = false;
            try {
                then.accept(this);
                taken = true;
            } finally {
                if (!taken) {
                    close();
                }
            }
        }

        private void refuse() {
            incoming.remove(this);
            set(0);
            if (pause.isOver(call.loop().nowMillis())) {
                log.info(
                        "memory: a request was refused with 503, bodies of requests may have {} bytes on this loop (said once"
                                + " a minute)",
                        limitBytes);
            }
            call.reject(503, "Service Unavailable: too many bodies of requests");
        }

        /** Nobody wants it any more. On the loop. */
        void close() {
            set(0);
        }
    }
}
