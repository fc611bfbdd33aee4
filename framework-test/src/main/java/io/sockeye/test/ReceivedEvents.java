package io.sockeye.test;

import io.sockeye.client.SocketClient;
import io.sockeye.event.Args;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps what a client gets, and lets threads wait for it. */
final class ReceivedEvents implements AwaitedEvents {
    private final SocketClient client;
    private final Duration patience;
    /** What may explain that an event has not come. */
    private final Supplier<String> hint;
    /** Guarded by this, which is notified of each event. */
    private final List<SentEvent> events = new ArrayList<>();
    /** How many of each name were awaited. Guarded by this. */
    private final Map<String, Integer> awaited = new HashMap<>();

    ReceivedEvents(SocketClient client, Duration patience, Supplier<String> hint) {
        this.client = client;
        this.patience = patience;
        this.hint = hint;
        client.onAny(this::received);
    }

    private synchronized void received(String event, Args args) {
        events.add(new SentEvent(event, args));
        notifyAll();
    }

    @Override
    public synchronized SentEvent awaitEvent(String event) {
        int index = awaited.getOrDefault(event, 0);
        long end = System.nanoTime() + patience.toNanos();
        var found = find(event, index);
        while (found == null && waitUntil(end)) {
            found = find(event, index);
        }
        if (found == null) {
            throw new AssertionError("no%s '%s' within %d ms, but %s; %s%s"
                    .formatted(index == 0 ? "" : " further", event, patience.toMillis(), events, client, hint.get()));
        }
        awaited.put(event, index + 1);
        return found;
    }

    private @Nullable SentEvent find(String event, int index) {
        return events.stream()
                .filter(it -> it.name().equals(event))
                .skip(index)
                .findFirst()
                .orElse(null);
    }

    /** Whether there is time left. The lock is held; the caller looks again. */
    @SuppressWarnings("WaitNotInLoop")
    private boolean waitUntil(long endNanos) {
        long left = endNanos - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public synchronized List<SentEvent> events() {
        return List.copyOf(events);
    }
}
