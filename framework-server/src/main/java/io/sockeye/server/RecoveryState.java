package io.sockeye.server;

/**
 * How far the client of one session has got. It belongs to one socket after another; owned by the loop of the socket that
 * has it at the moment.
 */
final class RecoveryState {
    private final String pid;
    /** What has a higher number was, or will be, sent to the present socket when it is delivered. */
    private long from;
    /** The client has all up to this number that was meant for it: a later pong says so, or the session began there. */
    private long confirmed;
    /** What the loop had delivered when the last ping was sent. */
    private long pinged;
    /** Whether anything with an offset was sent in this session. */
    private boolean sent;

    /** @param pid the secret by which the client comes back */
    RecoveryState(String pid) {
        this.pid = pid;
    }

    String pid() {
        return pid;
    }

    /** A session that was at another server. */
    RecoveryState(String pid, long confirmed, boolean sent) {
        this.pid = pid;
        this.confirmed = confirmed;
        this.pinged = confirmed;
        this.sent = sent;
    }

    /** The client has all up to this number; negative if that is not known. */
    long confirmed() {
        return confirmed;
    }

    /** Whether something with an offset was sent in this session. */
    boolean hasSent() {
        return sent;
    }

    /** The session begins: what has a higher number is for it. */
    void begin(long number) {
        from = number;
        confirmed = number;
        pinged = number;
    }

    /** The session goes on with another socket, which is sent all up to that number at once. */
    void goOn(long number) {
        from = number;
    }

    /** What has a higher number is sent to the present socket when it is delivered. */
    long from() {
        return from;
    }

    /** Something with an offset was sent. */
    void sent() {
        sent = true;
    }

    /** @param done up to which number the loop has done all */
    void pinged(long done) {
        pinged = Math.max(done, from);
    }

    /** The pong to that ping: what was sent before has arrived. */
    void ponged() {
        confirmed = Math.max(confirmed, pinged);
    }

    /**
     * From where on the client has to be sent what it missed.
     *
     * @param number the last one that it got, as it says; negative if it does not know any
     * @return negative if it cannot be known
     */
    long missedAfter(long number) {
        if (number < 0 && sent) {
            return -1;
        }
        // Whatever number it names, be it of an earlier session: what is confirmed has arrived.
        return Math.max(number, confirmed);
    }
}
