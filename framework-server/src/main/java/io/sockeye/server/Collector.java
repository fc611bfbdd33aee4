package io.sockeye.server;

/** Collects what the servers of a cluster say to one question. Any thread. */
sealed interface Collector permits AnswerCollector, SocketCollector {
    /** So many servers are to be heard. */
    void servers(int count);

    /** Nobody can say how many servers there are: this one is to be heard, and what comes is not known to be all. */
    void serversUnknown();

    /** The time is over. */
    void expire();
}
