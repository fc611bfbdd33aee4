package io.sockeye.server.internal.socket;

/** Whether what a client sends is read: not while its handlers have too much to do. Owned by the shard's loop. */
public final class ReadingControl {
    private final ConnectionSockets connection;
    /** How many sockets have too much to do for the connection to be read. */
    private int resting;
    /** Whether the client rests because all of them together hold too much, and it does more than others. */
    private boolean pausedForMemory;

    ReadingControl(ConnectionSockets connection) {
        this.connection = connection;
    }

    /** One more socket has too much to do: the connection is not read any further. */
    void rest() {
        resting++;
        readOrRest();
    }

    /** One of the sockets that had too much to do has less. */
    void readAgain() {
        resting--;
        readOrRest();
    }

    /** The client rests in any case, or not for that reason any more. */
    public void pausedForMemory(boolean wanted) {
        if (wanted != pausedForMemory) {
            pausedForMemory = wanted;
            readOrRest();
        }
    }

    public boolean pausedForMemory() {
        return pausedForMemory;
    }

    /** A socket awaits an answer now, or none any more. */
    void awaitsAnswerChanged() {
        if (resting > 0) {
            readOrRest();
        }
    }

    /** A client that owes an answer is read, if there is memory: a handler may wait for it, and hold up all the rest. */
    private void readOrRest() {
        connection
                .session()
                .reading(
                        !pausedForMemory && (resting == 0 || connection.awaitsAnswer()),
                        connection.loop().nowMillis());
    }
}
