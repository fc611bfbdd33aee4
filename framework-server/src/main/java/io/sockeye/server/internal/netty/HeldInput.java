package io.sockeye.server.internal.netty;

import io.sockeye.server.internal.netty.tls.TlsRecords;
import org.jspecify.annotations.Nullable;

/** How much one HTTP connection holds of requests, as its loop counts it. Owned by the channel's loop. */
final class HeldInput {
    /** What a head may take that is not counted: others count it among what a connection takes anyway. */
    private static final int USUAL_HEAD = 4096;

    private final WaitingInput.Holder connection;
    /** Null without TLS. */
    private @Nullable TlsRecords records;
    /** Bytes that the decoder keeps. */
    private int undecoded;
    /** What counts of the head of the present request. */
    private int head;
    /** Of the loop; null while the channel has none. */
    private @Nullable WaitingInput counted;
    /** How much was counted last. */
    private long told;

    HeldInput(WaitingInput.Holder connection) {
        this.connection = connection;
    }

    /** The parts of records count as well. */
    void count(@Nullable TlsRecords encrypted) {
        records = encrypted;
    }

    /** The connection belongs to a loop from now on. */
    void enter(WaitingInput next) {
        counted = next;
        told = 0;
    }

    /** It leaves its loop, or ends. */
    void leave() {
        if (counted != null) {
            counted.remove(connection);
            counted = null;
        }
    }

    /** The decoder keeps so many bytes. */
    void undecoded(int bytes) {
        undecoded = bytes;
    }

    /** The head of the present request takes so many bytes, about; 0 if there is none. */
    void head(int bytes) {
        head = Math.max(0, bytes - USUAL_HEAD);
    }

    /** Has the loop count what is held now; that may be too much, and end the connection. */
    void tell() {
        long bytes = (long) head + undecoded + (records == null ? 0 : records.held());
        if (counted != null && bytes != told) {
            told = bytes;
            counted.set(connection, bytes);
        }
    }

    /** The record that has come in part, another object for each; null if there is none. */
    @Nullable
    Object partialRecord() {
        return records == null ? null : records.partialRecord();
    }
}
