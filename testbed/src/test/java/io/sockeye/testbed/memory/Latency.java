package io.sockeye.testbed.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long questions wait for their answers, at worst; also those that have none yet. Any thread. */
final class Latency {
    private final Map<Long, Long> asked = new HashMap<>();
    private long worstNanos;
    /** Why no answer comes any more; empty if it may. */
    private String end = "";

    synchronized void asked(long number, long nanos) {
        asked.put(number, nanos);
    }

    synchronized void answered(long number) {
        var since = asked.remove(number);
        if (since != null) {
            worstNanos = Math.max(worstNanos, System.nanoTime() - since);
            notifyAll();
        }
    }

    synchronized void ended(Throwable cause) {
        end = cause.toString();
        notifyAll();
    }

    /** Why no answer comes any more, or how many there are that have not come; empty if all is well. */
    synchronized String fault() {
        return !end.isEmpty() ? end : asked.isEmpty() ? "" : asked.size() + " not answered";
    }

    /** Waits until nothing is asked any more, but not longer than that. */
    synchronized void settle(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!asked.isEmpty() && end.isEmpty() && System.nanoTime() < until) {
            TimeUnit.NANOSECONDS.timedWait(this, until - System.nanoTime());
        }
    }

    synchronized long worstMillis() {
        long now = System.nanoTime();
        long worst = asked.values().stream().mapToLong(since -> now - since).reduce(worstNanos, Math::max);
        return TimeUnit.NANOSECONDS.toMillis(worst);
    }
}
