package io.sockeye.server;

import io.sockeye.server.netty.Sid;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The sessions of one server that clients may come back to, and what is kept for them. Any thread. */
final class Recovery {
    private static final int RADIX = 36;

    private final ConnectionStateRecovery settings;
    /** Tells the offsets of this server from those of others and from texts of the application. */
    private final String prefix;

    private final Postings postings = new Postings();
    private final AtomicLong lastOffset = new AtomicLong();
    /** Held by at least one log; see {@link Outgoing#bytes}. */
    private final AtomicLong bytes = new AtomicLong();

    private final Map<String, Socket> byPid = new ConcurrentHashMap<>();
    /** By the secrets of the sessions that are being given to somebody: who else asked; guarded by itself. */
    private final Map<String, List<Runnable>> claimants = new HashMap<>();
    /** Those whose client is away, the longest first; guarded by itself. */
    private final Set<Socket> absent = new LinkedHashSet<>();
    /** Whether one is about to be forgotten on its own loop. */
    private final AtomicBoolean forgetting = new AtomicBoolean();

    Recovery(ConnectionStateRecovery settings) {
        this.settings = settings;
        this.prefix = Sid.random(new SecureRandom()).substring(0, 8) + ".";
    }

    ConnectionStateRecovery settings() {
        return settings;
    }

    String nextOffset() {
        return prefix + Long.toString(lastOffset.incrementAndGet(), RADIX);
    }

    /** How many offsets were given so far. */
    long offsets() {
        return lastOffset.get();
    }

    /** Whether the text is one of this server's first so many offsets. */
    boolean isAmongFirst(String offset, long count) {
        if (!offset.startsWith(prefix)) {
            return false;
        }
        try {
            return Long.parseLong(offset.substring(prefix.length()), RADIX) <= count;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    Postings postings() {
        return postings;
    }

    void hold(Outgoing outgoing) {
        if (outgoing.hold()) {
            bytes.addAndGet(outgoing.bytes());
        }
    }

    void release(Outgoing outgoing) {
        if (outgoing.release()) {
            bytes.addAndGet(-outgoing.bytes());
        }
    }

    /** Bytes that are held at the moment. */
    long bytes() {
        return bytes.get();
    }

    /** How many clients are away that may come back. */
    int absentSessions() {
        synchronized (absent) {
            return absent.size();
        }
    }

    /** Whether more is held than should be. */
    boolean isFull() {
        return bytes.get() > settings.maxBytes();
    }

    /** Whether a log must forget something of its own: too much is held, and no client is away to be forgotten. */
    boolean mustForget() {
        while (isFull()) {
            if (!forgetting.compareAndSet(false, true)) {
                // One at a time, since each may free enough; unless its loop is too busy for that.
                return bytes.get() / 2 >= settings.maxBytes();
            }
            if (!forgetOldest()) {
                return true;
            }
        }
        return false;
    }

    void add(Socket socket, String pid) {
        byPid.put(pid, socket);
    }

    /**
     * Gives a session to one caller only, who calls {@link #settled} in the end. Who asks meanwhile has its turn after
     * that: it may be the same client, whose connection broke again.
     *
     * @param again what asks once more
     */
    Claim claim(String pid, String namespace, Runnable again) {
        Socket socket;
        synchronized (claimants) {
            var waiting = claimants.get(pid);
            if (waiting != null) {
                waiting.add(again);
                return Claim.LATER;
            }
            socket = byPid.get(pid);
            if (socket == null || !socket.namespace().name().equals(namespace) || !byPid.remove(pid, socket)) {
                return Claim.NOBODY;
            }
            claimants.put(pid, new ArrayList<>(0));
        }
        synchronized (absent) {
            absent.remove(socket);
        }
        return Claim.of(socket);
    }

    /** The session that was claimed has a new socket, or has ended. */
    void settled(String pid) {
        List<Runnable> waiting;
        synchronized (claimants) {
            waiting = claimants.remove(pid);
        }
        if (waiting != null) {
            waiting.forEach(Runnable::run);
        }
    }

    /** The socket's client is away, and nobody has claimed the session yet. */
    void suspended(Socket socket, String pid) {
        if (byPid.get(pid) != socket) {
            return;
        }
        synchronized (absent) {
            absent.add(socket);
            if (absent.size() <= settings.maxSessions()) {
                return;
            }
        }
        forgetOldest();
    }

    /** The session has ended for good. */
    void remove(Socket socket, String pid) {
        byPid.remove(pid, socket);
        synchronized (absent) {
            absent.remove(socket);
        }
    }

    /** @return whether there was one */
    private boolean forgetOldest() {
        Socket oldest;
        synchronized (absent) {
            Iterator<Socket> all = absent.iterator();
            if (!all.hasNext()) {
                forgetting.set(false);
                return false;
            }
            oldest = all.next();
            all.remove();
        }
        oldest.connection().shard().execute(() -> {
            oldest.membership().forgetAway();
            forgetting.set(false);
        });
        return true;
    }
}
