package io.sockeye.server.internal.socket;

import io.sockeye.event.Args;
import io.sockeye.event.DisconnectedException;
import io.sockeye.json.Peer;
import io.sockeye.server.internal.threads.AnswerLane;
import io.sockeye.server.internal.threads.HandlerTask;

/**
 * An answer of which a reader may make much. Waits until it is let in.
 *
 * @param weight what may be made of it
 * @param bytes what waits
 */
record LargeAnswer(Request<?> request, Args args, AnswerLane lane, long weight, long bytes) implements HandlerTask {
    @Override
    public void act() {
        request.complete(args);
    }

    /** If it was dropped, the client is gone. */
    @Override
    public void done() {
        lane.charge(-bytes);
        request.future().completeExceptionally(new DisconnectedException(request.event(), Peer.CLIENT));
    }

    @Override
    public boolean isNeedless() {
        return true;
    }
}
