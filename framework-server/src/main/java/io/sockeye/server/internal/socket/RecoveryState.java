package io.sockeye.server.internal.socket;

import io.sockeye.server.adapter.StoredSession;
import org.jspecify.annotations.Nullable;

/**
 * How far the client of one session has got. It belongs to one socket after another; owned by the loop of the socket that
 * has it at the moment.
 */
public final class RecoveryState {
    private final String pid;
    /** What has a higher number was, or will be, sent to the present socket when it is delivered. */
    private long from;
    /** The offset of the last event that was sent in this session; null if there was none. */
    private @Nullable String sent;
    /** The client has all up to this number that was meant for it: a later pong or a return says so, or the session began there. */
    private long confirmed;
    /** The offset of the last event that it has got for sure; null if none is known. Who names it has all up to that number. */
    private @Nullable String got;
    /** What the loop had delivered when the last ping was sent. */
    private long pinged;
    /** What was the last one sent then. */
    private @Nullable String sentBeforePing;

    /** @param pid the secret by which the client comes back */
    public RecoveryState(String pid) {
        this.pid = pid;
    }

    /**
     * A session that was at another server.
     *
     * @param confirmed what the store has of it as a number of this server's log
     */
    public RecoveryState(StoredSession stored, long confirmed) {
        this.pid = stored.pid();
        this.sent = stored.sent();
        this.confirmed = confirmed;
        this.got = stored.got();
        this.pinged = confirmed;
        this.sentBeforePing = got;
    }

    public String pid() {
        return pid;
    }

    /** The offset of the last event that was sent; null if there was none. */
    @Nullable
    public String sent() {
        return sent;
    }

    /** The client has all up to this number; negative if that is not known. */
    public long confirmed() {
        return confirmed;
    }

    /** The offset of the last event that the client has got for sure; null if none is known. */
    @Nullable
    public String got() {
        return got;
    }

    /** The session begins: what has a higher number is for it. */
    public void begin(long number) {
        from = number;
        confirmed = number;
        pinged = number;
    }

    /**
     * The client is back.
     *
     * @param offset of the last event that it got, as it says
     * @param heard what {@link #missedAfter} has made of that
     */
    public void returned(Offset offset, long heard) {
        if (heard < confirmed) {
            return;
        }
        if (hasAll(offset)) {
            got = sent;
        } else if (offset.number() >= confirmed) {
            got = offset.text();
        }
        confirmed = heard;
    }

    /**
     * The session goes on with another socket, which is sent all up to that number at once.
     *
     * @param last the offset of the last event among these, also if the connection has just ended; null if there is none
     */
    public void goOn(long number, @Nullable String last) {
        from = number;
        pinged = confirmed; // There was no ping on that connection yet that could tell more.
        if (last != null) {
            sent = last;
        }
    }

    /** What has a higher number is sent to the present socket when it is delivered. */
    public long from() {
        return from;
    }

    /** An event with that offset is sent. */
    public void sends(String offset) {
        sent = offset;
    }

    /** @param done up to which number the loop has done all */
    public void pinged(long done) {
        pinged = Math.max(done, from);
        sentBeforePing = sent;
    }

    /** The pong to that ping: what was sent before has arrived. */
    public void ponged() {
        if (pinged > confirmed) {
            confirmed = pinged;
            got = sentBeforePing;
        }
    }

    /** Whether the client has got the last event that it was sent, and so all. */
    private boolean hasAll(Offset offset) {
        return sent == null || sent.equals(offset.text());
    }

    private long named(Offset offset) {
        return got != null && got.equals(offset.text()) ? confirmed : offset.number();
    }

    /**
     * Whether it can be known what the client has.
     *
     * @param offset of the last event that it got, as it says
     */
    public boolean knows(Offset offset) {
        return hasAll(offset) || named(offset) >= 0;
    }

    /**
     * From where on the client has to be sent what it missed.
     *
     * @param offset of the last event that it got, as it says
     * @param position up to which all was done to its last socket
     * @return negative if it cannot be known
     */
    public long missedAfter(Offset offset, long position) {
        if (hasAll(offset)) {
            return position;
        }
        long named = named(offset);
        // Whatever it names, be it of an earlier session: what is confirmed has arrived.
        return named < 0 ? -1 : Math.max(named, confirmed);
    }

    /**
     * What a client says of the last event that it got.
     *
     * @param text as it came; null if it got none
     * @param number that it stands for in this server's log; negative if it is not known there
     */
    public record Offset(@Nullable String text, long number) {}
}
