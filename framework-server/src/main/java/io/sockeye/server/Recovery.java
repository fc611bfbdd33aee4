package io.sockeye.server;

import io.sockeye.server.netty.Sid;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The sessions of one server that clients may come back to, and what is kept for them. Any thread. */
final class Recovery {
    private static final int RADIX = 36;

    private final ConnectionStateRecovery settings;
    /** Tells the offsets of this server from those of others and from texts of the application. */
    private final String prefix;

    private final AtomicLong lastOffset = new AtomicLong();
    /** Held by at least one log; see {@link Outgoing#bytes}. */
    private final AtomicLong bytes = new AtomicLong();

    private final Map<String, Socket> byPid = new ConcurrentHashMap<>();
    /** Those whose client is away, the longest first; guarded by itself. */
    private final Set<Socket> absent = new LinkedHashSet<>();

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

    /** Whether it may be an offset of this server. */
    boolean isOffset(String text) {
        return text.startsWith(prefix);
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

    /** Whether a log must forget something of its own: too much is held, and no client is away to be forgotten. */
    boolean mustForget() {
        return bytes.get() > settings.maxBytes() && !forgetOldest();
    }

    void add(Socket socket, String pid) {
        byPid.put(pid, socket);
    }

    /** The session with that secret, given to one caller only. */
    @Nullable
    Socket claim(String pid, String namespace) {
        var socket = byPid.get(pid);
        boolean found = socket != null && socket.namespace().name().equals(namespace) && byPid.remove(pid, socket);
        if (!found) {
            return null;
        }
        synchronized (absent) {
            absent.remove(socket);
        }
        return socket;
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
                return false;
            }
            oldest = all.next();
            all.remove();
        }
        oldest.connection().shard().execute(oldest.membership()::forget);
        return true;
    }
}
