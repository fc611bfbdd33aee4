package io.sockeye.server.internal.connection;

import io.sockeye.server.SocketServer;
import io.sockeye.server.http.HttpRequest;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many sessions there may be, by the memory for what has arrived, and how many of them that have joined no namespace. Of the latter the
 * oldest goes for a new one: who means well joins at once. When nearly as many as possible have joined, others go for new
 * ones, those first that look least alive:
 *
 * <ul>
 *   <li>of the address that has the most, if it has far more than the one of the new client: so whoever fills the server makes
 *       room for the others. The last part of the room is for others than that address, so that it cannot fill it again;
 *   <li>a few of the address that has more than half of all, since it may be a proxy that nobody told the server to trust;
 *   <li>else those that poll, and have not done so for long.
 * </ul>
 *
 * As long as there is room an address may have as many as it likes. Any thread.
 */
public final class SessionRoom {
    /** By the name that users know. */
    private static final Logger log = LoggerFactory.getLogger(SocketServer.class);

    /**
     * Of the memory for what has arrived, for each session. Its objects are not charged there, so that they
     * stop nobody's input: where that memory is a quarter of the heap, sessions of 4 KiB fill half of the heap.
     */
    static final int BYTES_OF_MEMORY = 2 << 10;
    /** Of all there may be, those in no namespace: they cost a client one request each, and stay until their ping timeout. */
    static final int SHARE_OF_STRANGERS = 4;
    /** However little memory there is. */
    private static final int FEWEST = 100;
    /** Of all there may be, those that are kept for others than the address with the most; and of that address, those that go at once. */
    static final int PART = 32;
    /** Of an address that has more than half of all, those that go at once. */
    private static final int SMALL_PART = 1_024;
    /** How many times as many as the one of a new client an address has that makes room for it. */
    static final int FAR_MORE = 8;
    /** To look at so many sessions takes so long that a millisecond has to pass for it. */
    private static final int SESSIONS_SCANNED_PER_MILLI = 1_024;

    private final ServerCore core;
    private final long most;
    private final long mostStrangers;
    private final Addresses addresses = new Addresses();
    /** The one with the most, when it was looked for; null before. */
    private volatile Addresses.@Nullable Count largest;

    private final AtomicLong nextScanMillis = new AtomicLong(Long.MIN_VALUE);

    public SessionRoom(ServerCore core) {
        this.core = core;
        this.most = Math.max(FEWEST, core.context().memory().in().limitBytes() / BYTES_OF_MEMORY);
        this.mostStrangers = Math.max(FEWEST, most / SHARE_OF_STRANGERS);
    }

    /** From where the sessions are. */
    Addresses addresses() {
        return addresses;
    }

    /** Whether there is room for one more, for that client. */
    boolean make(HttpRequest newcomer, long nowMillis) {
        if (strangers() >= mostStrangers) {
            endStranger(nowMillis);
        }
        long mostOfLargest = most - most / PART;
        if (sessions() < mostOfLargest) {
            return true;
        }
        var address = Addresses.of(newcomer.remoteAddress());
        var known = largest;
        boolean ofLargest = isOf(known, address);
        boolean ofMost = known != null && known.sessions() > most / 2;
        boolean looks = (!ofLargest || ofMost) && mayScan(nowMillis);
        if (looks && endOthers(address, nowMillis)) {
            return true; // They go as soon as their loops come to it, one part for each such look.
        }
        if (isOf(largest, address)) {
            return sessions() < mostOfLargest;
        }
        if (sessions() < most) {
            return true;
        }
        boolean goes = strangers() > 0;
        if (goes) {
            endStranger(nowMillis);
        }
        return goes;
    }

    private static boolean isOf(Addresses.@Nullable Count known, String address) {
        return known != null && known.address().equals(address);
    }

    private int sessions() {
        return core.shards().stream().mapToInt(Shard::connectionCount).sum();
    }

    private int strangers() {
        return core.shards().stream()
                .mapToInt(shard -> shard.strangers().count())
                .sum();
    }

    private boolean mayScan(long nowMillis) {
        long next = nextScanMillis.get();
        return nowMillis >= next && nextScanMillis.compareAndSet(next, nowMillis + most / SESSIONS_SCANNED_PER_MILLI);
    }

    /** Whether there is somebody who has to go, at once or as soon as another loop comes to it. */
    private boolean endOthers(String newcomer, long nowMillis) {
        var from = addresses.largest();
        largest = from;
        boolean farMore = from.sessions() >= FAR_MORE * (addresses.count(newcomer) + 1);
        if (farMore || from.sessions() > most / 2) {
            tell("those go for new ones that come from " + from, nowMillis);
            int part = farMore ? PART : SMALL_PART;
            onAll(from.sessions(), part, eviction -> eviction.endPart(from.address(), part));
            return true;
        }
        tell("those go that do not poll, or new ones are refused with 503", nowMillis);
        long pollMillis = core.context().engine().pingIntervalMillis();
        onAll(sessions(), PART, eviction -> eviction.endAway(PART, pollMillis));
        return false;
    }

    private void endStranger(long nowMillis) {
        tell("one that is in no namespace goes for each new one", nowMillis);
        core.shards().stream()
                .max(Comparator.comparingInt(shard -> shard.strangers().count()))
                .ifPresent(shard -> shard.execute(shard.strangers()::endOldest));
    }

    /** One session of so many goes, on all loops together. */
    private void onAll(int sessions, int part, Consumer<Eviction> action) {
        var left = Eviction.share(sessions, part);
        for (var shard : core.shards()) {
            shard.execute(() -> action.accept(new Eviction(shard, left)));
        }
    }

    private void tell(String consequence, long nowMillis) {
        if (core.context().memory().mayLog(nowMillis)) {
            log.info(
                    "memory: there are {} sessions, {} of them in no namespace, as many as there is room for: {}",
                    sessions(),
                    strangers(),
                    consequence);
        }
    }
}
