package io.sockeye.engine.session;

import io.sockeye.engine.Transport;

/** A transport that can rest while another one takes over: the client's polling. */
public interface Pausable extends Transport {
    /**
     * Lets what is under way come to its end and begins nothing more: what was written is still sent, the poll that
     * waits is still read. Not {@link #writable} from now on. Once neither a poll nor a POST is under way, the session's
     * {@link ClientSession#transportPaused} is called, perhaps before this returns.
     */
    void pause();

    /** Goes on as before {@link #pause}, whose end is not told any more. */
    void resume();
}
