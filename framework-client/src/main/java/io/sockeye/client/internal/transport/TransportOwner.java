package io.sockeye.client.internal.transport;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;

/** The owner of one session's transports. Its methods other than {@code execute} are called on its own thread. */
public interface TransportOwner {
    /**
     * Runs a task on the owner's thread after those that were posted before; after that thread has ended, on the calling
     * thread. Any thread.
     */
    void execute(Runnable task);

    /** Runs a task on the owner's thread after a delay. Any thread. */
    void executeLater(Runnable task, long delayMillis);

    /** A poll was answered. */
    void receivePayload(Transport from, Bytes payload);

    /** A WebSocket message arrived. */
    void receiveFrame(Transport from, Bytes frame, boolean binary);

    /** The transport has become writable. */
    void transportReady(Transport ready);

    /** A transport that was paused has no request running any more. */
    void transportPaused(Transport paused);

    /** The transport was closed by the server or has failed; not called for one that the client has closed. */
    void transportClosed(Transport gone, CloseReason why, TransportFailure failure);
}
