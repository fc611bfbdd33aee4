package io.sockeye.server.adapter;

import io.sockeye.json.JsonArray;

/**
 * Called by an {@link Adapter} with who is asked by a broadcast and what is answered, in any order and on any thread.
 * Servers are named as by {@link Adapter#servers}; if it is not known which server a call is about, the name is the
 * empty text.
 */
public interface AnswerListener {
    /** That server has asked so many of its sockets; only the first call for a server counts. */
    void asked(String server, int sockets);

    /** A socket of that server has acknowledged. */
    void answered(String server, JsonArray arguments);

    /** A socket is gone or did not answer in time; need not be called for sockets of other servers. */
    void lost(String server);
}
