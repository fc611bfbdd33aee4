package io.sockeye.server.internal.namespace;

import java.util.List;

/** Collects what the servers of a cluster say to one question. Any thread. */
sealed interface Collector permits AnswerCollector, SocketCollector {
    /** These servers are to be heard; the name of one that has none is the empty text. */
    void servers(List<String> names);

    /** Nobody can say which servers there are: one is to be heard, and what comes is not known to be all. */
    void serversUnknown();

    /** That server has left: nobody waits for it any more. */
    void gone(String server);

    /** The time is over. */
    void expire();
}
