package io.sockeye.engine.session;

import io.sockeye.engine.Transport;

/** A transport that can pause while another one takes over: the client's polling. */
public interface Pausable extends Transport {
    /**
     * Ends the requests in flight and starts no more: what was written is still sent, and the answer to the waiting
     * poll is still read. Not {@link #writable} from now on. Once neither a poll nor a POST is under way, the session's
     * {@link ClientSession#transportPaused} is called, perhaps before this returns.
     */
    void pause();

    /** Reverts {@link #pause}, for which {@link ClientSession#transportPaused} is not called any more. */
    void resume();
}
