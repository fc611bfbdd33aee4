package io.sockeye.server;

import io.sockeye.json.JsonArray;

/**
 * Told by an {@link Adapter} who is asked by a broadcast and what they answer, in any order and on any thread. Servers are
 * named as by {@link Adapter#servers}; where it is not known which one says something, the name is the empty text.
 */
public interface AnswerListener {
    /** That server has asked so many of its sockets; what it says again is ignored. */
    void asked(String server, int sockets);

    /** A socket of that server has acknowledged. */
    void answered(String server, JsonArray arguments);

    /** A socket is gone or did not answer in time; may be left out for sockets of other servers. */
    void lost(String server);
}
