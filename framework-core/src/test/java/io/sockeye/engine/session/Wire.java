package io.sockeye.engine.session;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** A network in memory and its time: what is done later is done in the order of its time. */
final class Wire {
    private final Random random;
    private final int maxDelayMillis;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::number));

    private long nowMillis;
    private long count;
    private boolean silent;

    Wire(Random random, int maxDelayMillis) {
        this.random = random;
        this.maxDelayMillis = maxDelayMillis;
    }

    long nowMillis() {
        return nowMillis;
    }

    Random random() {
        return random;
    }

    /** How long something takes on the network. */
    long delay() {
        return random.nextInt(maxDelayMillis + 1);
    }

    /** Does something on one side at a time. */
    void at(long millis, Runnable action) {
        events.add(new Event(millis, count++, action));
    }

    /** Does something on one side after the other work of the same turn, more or less. */
    void atTheEndOfTheTurn(Runnable action) {
        at(nowMillis + random.nextInt(2), action);
    }

    /** Carries something to the other side, after everything that arrives there until a time. */
    long carry(long notBefore, Runnable arrival) {
        long arrivesAt = Math.max(notBefore, nowMillis + delay());
        at(arrivesAt, () -> {
            if (!silent) {
                arrival.run();
            }
        });
        return arrivesAt;
    }

    void carry(Runnable arrival) {
        carry(0, arrival);
    }

    /** From now on nothing arrives any more, and nobody is told. */
    void fallSilent() {
        silent = true;
    }

    long nextEventMillis() {
        var next = events.peek();
        return next == null ? Long.MAX_VALUE : next.atMillis;
    }

    /** Goes on to a time, at which or before nothing else is to be done. */
    void advanceTo(long millis) {
        nowMillis = Math.max(nowMillis, millis);
    }

    void runNext() {
        var next = events.remove();
        advanceTo(next.atMillis);
        next.action.run();
    }

    private record Event(long atMillis, long number, Runnable action) {}
}
