package io.sockeye.server;

import io.sockeye.bytes.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Carries messages of bytes between servers, in order and on a thread of its own, as a message broker does. */
final class Bus implements AutoCloseable {
    private final List<BusAdapter> members = new CopyOnWriteArrayList<>();
    private final Set<String> deaf = ConcurrentHashMap.newKeySet();
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

    /** A server that is counted but hears nothing from now on. */
    void deafen(String server) {
        deaf.add(server);
    }

    void leave(BusAdapter member) {
        members.remove(member);
    }

    int count(String namespace) {
        return (int) members.stream().filter(member -> member.isOf(namespace)).count();
    }

    void publish(Message message) {
        if (thread.isShutdown()) {
            return; // The test is over.
        }
        thread.execute(() -> members.stream()
                .filter(member -> member.isOf(message.namespace()) && !deaf.contains(member.server()))
                .forEach(member -> member.receive(message)));
    }

    void after(Duration time, Runnable task) {
        thread.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
