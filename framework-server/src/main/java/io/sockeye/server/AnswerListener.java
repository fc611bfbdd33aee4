package io.sockeye.server;

import io.sockeye.json.JsonArray;

/** Told by an {@link Adapter} who is asked by a broadcast and what they answer, in any order and on any thread. */
public interface AnswerListener {
    /** One server has asked so many of its sockets; called once for each server. */
    void asked(int sockets);

    /** A socket has acknowledged. */
    void answered(JsonArray arguments);

    /** A socket is gone or did not answer in time; may be left out for sockets of other servers. */
    void lost();
}
