package io.sockeye.client.internal.transport;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.CloseReason;
import io.sockeye.engine.Transport;

/** To whom the transports of one session belong: hears on its own thread what happens to them. */
public interface TransportOwner {
    /**
     * Runs a task on the owner's thread, after those that wait already; once that thread has ended, on the caller's. Any
     * thread.
     */
    void execute(Runnable task);

    /** Runs a task on the owner's thread once so many milliseconds have passed. Any thread. */
    void executeLater(Runnable task, long delayMillis);

    /** A poll was answered. */
    void receivePayload(Transport from, Bytes payload);

    /** A WebSocket message arrived. */
    void receiveFrame(Transport from, Bytes frame, boolean binary);

    /** The transport takes packets, at first or again. */
    void transportReady(Transport ready);

    /** Nothing is under way any more on a transport that was asked to rest. */
    void transportPaused(Transport paused);

    /** The transport is gone, by the server or by a fault; not called for one that this side has closed. */
    void transportClosed(Transport gone, CloseReason why, TransportFailure failure);
}
