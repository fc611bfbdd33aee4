package io.sockeye.server.internal.context;

import io.sockeye.event.Args;
import io.sockeye.event.DisconnectedException;
import io.sockeye.json.Peer;
import io.sockeye.server.internal.threads.AnswerQueue;
import io.sockeye.server.internal.threads.HandlerTask;
import java.util.concurrent.atomic.AtomicBoolean;

/** An answer of which a reader may make much. Waits until it is let in. */
final class LargeAnswer implements HandlerTask {
    private final Request<?> request;
    private final Args args;
    private final AnswerQueue lane;
    private final long weight;
    private final long bytes;
    private final AtomicBoolean charged = new AtomicBoolean(true);

    /**
     * @param weight what may be made of it
     * @param bytes what waits, which is charged
     */
    LargeAnswer(Request<?> request, Args args, AnswerQueue lane, long weight, long bytes) {
        this.request = request;
        this.args = args;
        this.lane = lane;
        this.weight = weight;
        this.bytes = bytes;
    }

    @Override
    public long weight() {
        return weight;
    }

    @Override
    public void act() {
        request.complete(args);
    }

    @Override
    public void uncharge() {
        if (charged.compareAndSet(true, false)) {
            lane.charge(-bytes);
        }
    }

    /** If it was dropped, the client is gone. */
    @Override
    public void done() {
        uncharge();
        if (!request.future().isDone()) {
            request.future().completeExceptionally(new DisconnectedException(request.event(), Peer.CLIENT));
        }
    }

    @Override
    public boolean isNeedless() {
        return true;
    }
}
