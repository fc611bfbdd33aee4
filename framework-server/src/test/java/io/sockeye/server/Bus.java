package io.sockeye.server;

import io.sockeye.bytes.Bytes;
import io.sockeye.server.engine.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Carries messages of bytes between servers, in order and on a thread of its own, as a message broker does. */
final class Bus implements AutoCloseable {
    private final List<BusAdapter> members = new CopyOnWriteArrayList<>();
    private final List<BusCluster> clusters = new CopyOnWriteArrayList<>();
    private final Set<String> deaf = ConcurrentHashMap.newKeySet();
    /** Servers that cannot reach what is shared. */
    private final Set<String> cut = ConcurrentHashMap.newKeySet();
    /** Servers whose requests are not answered, and what waits for that. */
    private final Map<String, List<Runnable>> held = new ConcurrentHashMap<>();

    /** What was forwarded, by the names of the owners. */
    private final Map<String, List<BusForward>> forwards = new ConcurrentHashMap<>();

    private final List<BusCluster.Appended> log = new ArrayList<>();
    private String beforeLog = "";
    private long appended;
    private final Map<String, BusCluster.Text> sessions = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var daemon = new Thread(task, "bus");
        daemon.setDaemon(true);
        return daemon;
    });

    /** A message as it is on its way: no object of a server is shared. */
    record Message(String namespace, Bytes text, List<Bytes> attachments) {}

    /** Adapters of one server. */
    AdapterFactory member(String server) {
        return sockets -> {
            var adapter = new BusAdapter(this, server, sockets);
            members.add(adapter);
            return adapter;
        };
    }

    /** One server that shares the log and the sessions with the others. */
    BusCluster cluster(String server) {
        return new BusCluster(this, server);
    }

    /** A server that is counted but hears nothing from now on. */
    void deafen(String server) {
        deaf.add(server);
    }

    /** A server that cannot append, park or take from now on. */
    void cut(String server) {
        run(() -> cut.add(server));
    }

    void mend(String server) {
        cut.remove(server);
    }

    /** What this server reads, and what it asks of the store, waits from now on. */
    void hold(String server) {
        held.put(server, new CopyOnWriteArrayList<>());
    }

    void go(String server) {
        run(() -> {
            var waiting = held.remove(server);
            if (waiting != null) {
                waiting.forEach(Runnable::run);
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
        forwards.getOrDefault(member.node(), List.of()).forEach(BusForward::end);
    }

    /** Has the server of that name answer; false if there is none. */
    boolean forward(String owner, Exchange exchange) {
        for (var member : clusters) {
            if (member.node().equals(owner)) {
                forwards.computeIfAbsent(owner, key -> new CopyOnWriteArrayList<>())
                        .add(member.answer(exchange));
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
        return (int) members.stream().filter(member -> member.isOf(namespace)).count();
    }

    void publish(Message message) {
        run(() -> members.stream()
                .filter(member -> member.isOf(message.namespace()) && !deaf.contains(member.server()))
                .forEach(member -> member.receive(message)));
    }

    void run(Runnable task) {
        if (!thread.isShutdown()) { // Otherwise the test is over.
            thread.execute(task);
        }
    }

    /** On the bus, what this server reads or is answered. */
    private void tell(BusCluster member, Runnable what) {
        var waiting = held.get(member.name());
        if (waiting == null) {
            what.run();
        } else {
            waiting.add(what);
        }
    }

    /** On the bus. */
    List<BusCluster.Appended> log() {
        return log;
    }

    /** On the bus. */
    String beforeLog() {
        return beforeLog;
    }

    /** Forgets what is in the log. */
    void trimLog() {
        run(() -> {
            beforeLog = log.isEmpty() ? beforeLog : log.get(log.size() - 1).offset();
            log.clear();
        });
    }

    CompletableFuture<Void> append(BusCluster by, ClusterLog.Entry entry, BusCluster.Text text) {
        var done = new CompletableFuture<Void>();
        run(() -> {
            if (cut.contains(by.name())) {
                done.completeExceptionally(new IllegalStateException("cut off"));
                return;
            }
            var message = new BusCluster.Appended("offset-" + appended++, by, entry, text);
            log.add(message);
            for (var member : clusters) {
                tell(member, () -> member.read(message));
            }
            done.complete(null);
        });
        return done;
    }

    CompletableFuture<Void> caughtUp(BusCluster member) {
        var done = new CompletableFuture<Void>();
        run(() -> tell(member, () -> done.complete(null)));
        return done;
    }

    /** The sessions of clients that are away, by their secrets. */
    Map<String, BusCluster.Text> sessions() {
        return sessions;
    }

    <T> CompletableFuture<T> ask(BusCluster by, Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        run(() -> tell(by, () -> {
            if (cut.contains(by.name())) {
                answer.completeExceptionally(new IllegalStateException("cut off"));
            } else {
                answer.complete(question.get());
            }
        }));
        return answer;
    }

    CompletableFuture<Boolean> release(BusCluster by, SessionClaim claim) {
        var answer = CompletableFuture.completedFuture(false);
        for (var member : clusters) {
            if (member != by) {
                answer = answer.thenCombine(member.releaseHere(claim), Boolean::logicalOr);
            }
        }
        return answer;
    }

    void after(Duration time, Runnable task) {
        thread.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
