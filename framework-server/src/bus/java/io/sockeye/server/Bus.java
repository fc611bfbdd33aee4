package io.sockeye.server;

import io.sockeye.server.adapter.AdapterFactory;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.SessionClaim;
import io.sockeye.bytes.Bytes;
import io.sockeye.server.host.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages of bytes between servers, in order and as a message broker does, on a thread of its own or on virtual time.
 * Servers can share a log and sessions on it.
 */
public final class Bus implements AutoCloseable {
    private static final int RADIX = 36;

    private final BusTime time;
    /** Told of each entry of the log. */
    private final Consumer<ClusterLog.Entry> appended;

    private final BusTime.Lane own;
    private final List<BusAdapter> members = new CopyOnWriteArrayList<>();
    private final List<BusCluster> clusters = new CopyOnWriteArrayList<>();
    private final Set<String> deaf = ConcurrentHashMap.newKeySet();
    private final Map<String, BusLink> links = new ConcurrentHashMap<>();

    /** What was forwarded, by the names of the owners. */
    private final Map<String, List<BusForward>> forwards = new ConcurrentHashMap<>();

    /** As all below, on the bus. */
    private final List<BusCluster.Appended> log = new ArrayList<>();

    /** The number of the entry before those of the log. */
    private long beforeLog;

    private long numbers;
    /** The sessions of clients that are away, by their secrets. */
    private final Map<String, Parked> sessions = new HashMap<>();

    /** A message as it is on its way: no object of a server is shared. */
    record Message(String namespace, Bytes text, List<Bytes> attachments) {}

    private record Parked(BusCluster.Text session, long untilMillis) {}

    Bus() {
        this(new BusTime.OfThread(), entry -> {});
    }

    /** @param appended told of each entry of the log, on the bus */
    public Bus(BusTime time, Consumer<ClusterLog.Entry> appended) {
        this.time = time;
        this.own = time.lane();
        this.appended = appended;
    }

    /** Adapters of one server. */
    AdapterFactory member(String server) {
        return sockets -> {
            var adapter = new BusAdapter(this, server, sockets);
            members.add(adapter);
            return adapter;
        };
    }

    /** One server that shares the log and the sessions with the others. */
    public BusCluster cluster(String server) {
        return new BusCluster(this, server, link(server));
    }

    /** The way of a server to the bus and back. */
    BusLink link(String server) {
        return links.computeIfAbsent(server, name -> new BusLink(time));
    }

    private void change(String server, Consumer<BusLink> change) {
        var link = link(server);
        link.send(() -> change.accept(link));
    }

    /** A server that is counted but hears nothing from now on. */
    void deafen(String server) {
        deaf.add(server);
    }

    /** A server that cannot append, park or take from now on. */
    void cut(String server) {
        change(server, link -> link.cut(true));
    }

    void mend(String server) {
        change(server, link -> link.cut(false));
    }

    /** What this server reads, and what it asks of the store, waits from now on. */
    void hold(String server) {
        change(server, BusLink::hold);
    }

    void go(String server) {
        change(server, BusLink::go);
    }

    /** Waits, on a thread of its own, for what is on its way and for some answers that follow from it. */
    void settle() throws InterruptedException {
        var hops = new CountDownLatch(20);
        pass(hops);
        if (!hops.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the bus stands still");
        }
    }

    private void pass(CountDownLatch hops) {
        own.carry(() -> {
            hops.countDown();
            if (hops.getCount() > 0) {
                pass(hops);
            }
        });
    }

    void leave(BusAdapter member) {
        members.remove(member);
    }

    void join(BusCluster member) {
        clusters.add(member);
    }

    void leave(BusCluster member) {
        clusters.remove(member);
        own.carry(() -> {
            member.end();
            var open = forwards.remove(member.node());
            if (open != null) {
                open.forEach(BusForward::end);
            }
        });
    }

    /** Has the server of that name answer; false if there is none. */
    boolean forward(BusLink front, String owner, Exchange exchange) {
        for (var member : clusters) {
            if (member.node().equals(owner)) {
                forwards.computeIfAbsent(owner, key -> new CopyOnWriteArrayList<>())
                        .add(member.answer(front, exchange));
                return true;
            }
        }
        return false;
    }

    /** The names of the servers that have that namespace. */
    List<String> servers(String namespace) {
        return members.stream()
                .filter(member -> member.isOf(namespace))
                .map(BusAdapter::node)
                .toList();
    }

    int count(String namespace) {
        return servers(namespace).size();
    }

    void publish(BusLink by, Message message) {
        by.send(() -> members.stream()
                .filter(member -> member.isOf(message.namespace()) && !deaf.contains(member.server()))
                .forEach(member -> link(member.server()).tell(() -> member.receive(message))));
    }

    /** Forgets what is in the log but so many entries. */
    public void trimLog(int kept) {
        own.carry(() -> {
            beforeLog = Math.max(beforeLog, numbers - kept);
            log.removeIf(entry -> entry.number() <= beforeLog);
        });
    }

    /** That server reads nothing from the log from now on. */
    public void pauseReader(String server) {
        own.carry(() -> readersOf(server, BusCluster::pause));
    }

    /** That server reads what the log still has, and what follows. */
    public void resumeReader(String server) {
        own.carry(() -> readersOf(server, this::follow));
    }

    private void readersOf(String server, Consumer<BusCluster> change) {
        clusters.stream().filter(member -> member.name().equals(server)).forEach(change);
    }

    /** On the bus: that server reads all that is kept and that it has not read, and what follows. */
    void follow(BusCluster reader) {
        reader.follow(beforeLog, log);
    }

    /** The offset of an entry; empty for the one before the first. */
    static String offset(long number) {
        return number == 0 ? "" : "bus." + Long.toString(number, RADIX);
    }

    /** On the bus. */
    void append(BusCluster by, ClusterLog.Entry entry, BusCluster.Text text) {
        numbers++;
        var message = new BusCluster.Appended(numbers, by, entry, text);
        log.add(message);
        appended.accept(entry);
        clusters.forEach(member -> member.appended(message));
    }

    /** On the bus. */
    void park(String pid, BusCluster.Text session, Duration forTime) {
        sessions.put(pid, new Parked(session, time.nowMillis() + forTime.toMillis()));
    }

    /** On the bus. */
    BusCluster.@Nullable Text parked(String pid) {
        var parked = sessions.get(pid);
        return parked == null || parked.untilMillis < time.nowMillis() ? null : parked.session;
    }

    /** On the bus. */
    void take(String pid) {
        sessions.remove(pid);
    }

    /** On the bus: asks all others to give a session up. */
    CompletableFuture<Boolean> release(BusCluster by, SessionClaim claim) {
        var answer = CompletableFuture.completedFuture(false);
        for (var member : clusters) {
            if (member != by) {
                answer = answer.thenCombine(member.releaseHere(claim), Boolean::logicalOr);
            }
        }
        return answer;
    }

    void after(Duration delay, Runnable task) {
        time.after(delay, task);
    }

    @Override
    public void close() {
        time.close();
    }
}
