package io.sockeye.testbed.simulation;

import io.sockeye.server.DisconnectReason;
import io.sockeye.server.adapter.ClusterLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What happened, as the application and the clients saw it, and what must follow from it. */
final class Ledger {
    static final int RADIX = 36;

    /** In which time all servers have read what was logged, and have done it. */
    static final long LOG_MILLIS = 1_500;

    private final Schedule schedule;
    private final Settings settings;
    private final List<Sent> events = new ArrayList<>();
    private final Map<String, SessionRecord> sessions = new LinkedHashMap<>();
    /** What was done to rooms in a cluster. */
    private final List<SocketChange> steerings = new ArrayList<>();

    private final OpenQuestions questions = new OpenQuestions();
    /** How many events are in the log of the cluster. */
    private int logged;

    private int recoveries;
    private int received;

    Ledger(Schedule schedule, Settings settings) {
        this.schedule = schedule;
        this.settings = settings;
    }

    /** How many events were received. */
    int received() {
        return received;
    }

    int recoveries() {
        return recoveries;
    }

    SessionRecord session(String sid, String namespace) {
        return sessions.computeIfAbsent(sid, key -> begin(key, namespace));
    }

    /** In a cluster, rooms may be changed for a session that began after the call, since that is still on its way. */
    private SessionRecord begin(String sid, String namespace) {
        var session = new SessionRecord(sid, namespace, settings);
        for (var steering : steerings) {
            boolean onItsWay = steering.atMillis > schedule.nowMillis() - LOG_MILLIS;
            if (onItsWay && steering.namespace.equals(namespace)) {
                session.rooms().steered(steering.room);
            }
        }
        return session;
    }

    private record SocketChange(long atMillis, String namespace, String room) {}

    /** The application is about to send an event; its id. */
    int sends(String origin, Audience audience, boolean kept) {
        var event = new Sent(events.size(), schedule.nowMillis(), origin, audience, kept);
        events.add(event);
        return event.id();
    }

    /** A connection handler runs. */
    void connected(Chat server, SessionRecord session, boolean recovered) {
        session.at(server);
        if (!recovered) {
            session.born(events.size());
        }
        session.absence().found();
    }

    /** A disconnect handler runs. */
    void disconnected(SessionRecord session, DisconnectReason reason) {
        session.absence().lost(schedule.nowMillis());
        if (reason == DisconnectReason.MEMORY) {
            session.memory().ended();
        }
        if (!mayComeBack(reason)) {
            session.end(schedule.nowMillis());
        }
    }

    private boolean mayComeBack(DisconnectReason reason) {
        return switch (reason) {
            case TRANSPORT_ERROR, TRANSPORT_CLOSE, FORCED_CLOSE, PING_TIMEOUT, OUTBOX_OVERFLOW, MAILBOX_OVERFLOW ->
                true;
            case SERVER_SHUTTING_DOWN -> settings.order() == Settings.Order.LOG;
            case CLIENT_NAMESPACE_DISCONNECT,
                    SERVER_NAMESPACE_DISCONNECT,
                    PARSE_ERROR,
                    MEMORY,
                    TOO_MANY_SESSIONS,
                    EVENTS_MISSED -> false;
        };
    }

    void checkMemory() {
        sessions.forEach((sid, session) -> session.memory().check("session " + sid));
    }

    /** How many sessions were ended for want of memory. */
    long endedForMemory() {
        return sessions.values().stream()
                .filter(session -> session.memory().hasEnded())
                .count();
    }

    /** An event of the client is handled. */
    void handled(Chat server, SessionRecord session, int number) {
        session.handled(server, number);
    }

    void joins(SessionRecord session, String room) {
        session.rooms().joined(room, events.size(), schedule.nowMillis());
    }

    void leaves(SessionRecord session, String room) {
        session.rooms().left(room, events.size());
    }

    /** All sockets in a room are about to join another one, or to leave it. */
    void steers(String namespace, String from, String room, boolean joins) {
        if (settings.order() == Settings.Order.LOG) {
            steerings.add(new SocketChange(schedule.nowMillis(), namespace, room));
        }
        for (var session : sessions.values()) {
            if (!session.namespace().equals(namespace)) {
                continue;
            }
            session.rooms().steered(room);
            if (session.rooms().isIn(from)) {
                if (joins) {
                    joins(session, room);
                } else {
                    leaves(session, room);
                }
            }
        }
    }

    /** A session is about to be disconnected for good: with a cluster, as soon as the log says so. */
    void kicks(SessionRecord session) {
        if (settings.order() == Settings.Order.LOG) {
            session.forfeit();
        } else {
            session.end(schedule.nowMillis());
        }
    }

    /** The client leaves, or has heard that it was disconnected for good. */
    void leaves(SessionRecord session) {
        session.end(schedule.nowMillis());
    }

    /** A server is gone: nobody has a right to what it alone knew. */
    void dies(Chat server) {
        questions.dies(server);
        sessions.values().stream()
                .filter(session -> session.mayBeAt(server))
                .forEach(session -> session.memory().orphan());
        forfeit(server);
    }

    /** A server stops. In a cluster its sessions go on elsewhere. */
    void stops(Chat server) {
        if (settings.order() != Settings.Order.LOG) {
            forfeit(server);
        }
    }

    private void forfeit(Chat server) {
        sessions.values().stream().filter(session -> session.mayBeAt(server)).forEach(SessionRecord::forfeit);
    }

    /** What a client has missed may not be known any more at other servers, or at new ones. */
    void logForgets() {
        sessions.values().forEach(SessionRecord::forfeit);
    }

    OpenQuestions questions() {
        return questions;
    }

    /** Something is in the log of the cluster. */
    void logged(ClusterLog.Entry entry) {
        if (entry instanceof ClusterLog.Emitted emitted) {
            events.get(emitted.arguments().get(1, int.class)).logged(logged++);
        }
    }

    /** @param missed whether it is sent since the client is back */
    void received(SessionRecord session, int id, boolean missed) {
        received++;
        var event = events.get(id);
        session.receivedOnce(id);
        if (!session.mayGet(event)) {
            throw new Violation("session " + session.sid() + " got what was not meant for it: " + event);
        }
        if (!event.kept() && settings.order() == Settings.Order.LOG) {
            return; // It is in no log whose order it could have.
        }
        String line = line(event);
        if (rank(event) < session.lastRank(line)) {
            if (missed && session.joinedAfter(event)) {
                return; // Who was away is judged by the rooms at the end of the connection.
            }
            throw new Violation("session " + session.sid() + " got " + event + " after " + session.lastRank(line));
        }
        checkNothingMissed(session, other -> line(other).equals(line) && rank(other) < rank(event));
        session.rank(line, rank(event));
    }

    /** Events of one line must arrive in their order. */
    private String line(Sent event) {
        return settings.order() == Settings.Order.ORIGINS ? event.origin() : "";
    }

    /** Its place in its line. */
    private int rank(Sent event) {
        return settings.order() == Settings.Order.LOG ? event.place() : event.id();
    }

    private void checkNothingMissed(SessionRecord session, Predicate<Sent> before) {
        for (var event : events) {
            if (!session.hasReceived(event.id()) && session.mustGet(event) && before.test(event)) {
                throw new Violation("session " + session.sid() + " has missed " + event);
            }
        }
    }

    /** A client got an event with an offset. */
    void offset(SessionRecord session, @Nullable String before, String now) {
        session.gotOffset();
        if (before == null) {
            return;
        }
        int dot = now.indexOf('.') + 1;
        boolean comparable = dot > 0 && before.startsWith(now.substring(0, dot));
        if (!comparable
                || Long.parseLong(now, dot, now.length(), RADIX)
                        <= Long.parseLong(before, dot, before.length(), RADIX)) {
            throw new Violation("offset " + now + " follows " + before);
        }
    }

    /**
     * A client is who it was.
     *
     * @param askedAtMillis when it asked for that
     */
    void recovered(SessionRecord session, long askedAtMillis) {
        recoveries++;
        if (session.endedBefore(askedAtMillis)) {
            throw new Violation("session " + session.sid() + " was given back although it had ended");
        }
        long gone = session.absence().noticedMillis(schedule.nowMillis());
        if (gone > settings.recoveryMillis() + Settings.TOLERANCE_MILLIS) {
            throw new Violation("session " + session.sid() + " was given back after " + gone + " ms");
        }
    }

    /** The client has an answer to what it said on its present connection. */
    void answered(SessionRecord session) {
        session.absence().heard();
    }

    /** A client has another session than before. */
    void replaced(SessionRecord session, boolean asked) {
        // The log may have forgotten what was missed before the server has noticed that the client is away.
        long gone = session.absence().longestMillis(schedule.nowMillis());
        boolean entitled = asked
                && (session.hasOffset() || wasSentNothing(session))
                && !session.forfeited()
                && gone < settings.recoveryMillis() - Settings.TOLERANCE_MILLIS;
        if (entitled && settings.recovers()) {
            throw new Violation("session " + session.sid() + " was not given back after " + gone + " ms");
        }
        session.end(schedule.nowMillis());
    }

    /** Otherwise a client without an offset cannot say what it got. */
    private boolean wasSentNothing(SessionRecord session) {
        return events.stream().noneMatch(event -> event.kept() && session.mayGet(event));
    }

    /** All is quiet, and the client is there. */
    void checkComplete(SessionRecord session) {
        // What a server has not got into the log before it was killed is lost.
        checkNothingMissed(session, event -> rank(event) != Sent.NOWHERE);
    }
}
