package io.sockeye.server.internal.recovery;

import io.sockeye.concurrent.Causes;
import io.sockeye.engine.memory.Budget;
import io.sockeye.engine.memory.Held;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.internal.socket.Delivery;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log of a cluster. What this server does takes effect here in the order in which it was done: what was
 * appended, when the log says so, and what is not logged behind that. A log that says nothing holds that up for a limited
 * time. Any thread; guarded by itself, and takes the lock of the {@link EventLog} while it holds its own.
 */
final class LogFollower implements ClusterLog.Reader {
    /** What an entry takes besides what it holds, about. */
    private static final long OBJECTS = 128;

    private final ClusterLog log;
    private final Delivery delivery;
    private final Limits limits;
    private final LongSupplier clockMillis;
    /** What was appended here and not read yet, and what waits behind it; the first one is an entry, which is open. */
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    /** The entries among them of which the log has said nothing yet. */
    private final IdentityHashMap<ClusterLog.Entry, Waiting> open = new IdentityHashMap<>();
    /** What is to be told to {@link Delivery#report} once the lock is free. */
    private final ArrayDeque<Throwable> faults = new ArrayDeque<>(0);
    /** Completes when all is read that the log had at the start, or was waited for long enough. */
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    /** What all entries that are open take in memory. */
    private final Held held;
    /** Whether what was appended last was not read: that is told once, not for each entry. */
    private boolean failing;

    /** @param clockMillis goes only forward */
    LogFollower(ClusterLog log, Delivery delivery, Limits limits, LongSupplier clockMillis) {
        this.log = log;
        this.delivery = delivery;
        this.limits = limits;
        this.clockMillis = clockMillis;
        this.held = new Held(limits.budget);
    }

    void start() {
        log.start(this);
        call(log::caughtUp).whenComplete((read, failure) -> {
            if (failure != null) {
                delivery.report(Causes.of(failure));
            }
            begun.complete(null);
        });
    }

    /** Runs a task once all is read that the log had at the start, or was waited for long enough. */
    void whenBegun(Runnable task) {
        begun.thenRun(task);
    }

    /** @param failed told if the entry is not in the log */
    void append(ClusterLog.Entry entry, Runnable failed) {
        var appended = new Waiting(entry, OBJECTS + LogEntry.bytes(entry), clockMillis.getAsLong(), failed);
        CompletionStage<?> done;
        synchronized (this) {
            waiting.add(appended);
            open.put(entry, appended);
            held.add(appended.bytes);
            done = call(() -> log.append(entry));
            while (held.bytes() > limits.bytes || waiting.size() > limits.count) {
                giveUpFirst("more waits for the log of the cluster than may: %d events of %d bytes"
                        .formatted(waiting.size(), held.bytes()));
            }
        }
        done.whenComplete((nothing, failure) -> {
            if (failure != null) {
                fail(appended, failure);
            }
        });
        report();
    }

    /** What the log throws fails the stage, too. */
    private static CompletionStage<?> call(Supplier<CompletionStage<?>> call) {
        try {
            return Objects.requireNonNull(call.get(), "the log of the cluster returned null");
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Runs a short task when all that was appended here before has taken effect, or is not waited for any more. */
    void afterAppended(Runnable task) {
        synchronized (this) {
            if (waiting.isEmpty()) {
                task.run();
                return;
            }
            waiting.add(new Waiting(null, 0, 0, task));
            while (waiting.size() > limits.count) {
                giveUpFirst("more than %d events wait for the log of the cluster".formatted(limits.count));
            }
        }
        report();
    }

    /** How much was appended and not read yet, with what waits behind it. */
    synchronized int size() {
        return waiting.size();
    }

    private void fail(Waiting appended, Throwable failure) {
        synchronized (this) {
            if (settle(appended)) {
                fault(Causes.of(failure));
                appended.fails = true;
                runDue();
            } else if (appended.givenUp) {
                guard(appended.task);
            }
        }
        report();
    }

    /** Waits no longer for what the log has been silent about for too long. Called again and again. */
    void expire() {
        long since = clockMillis.getAsLong() - limits.time.toMillis();
        if (since > 0) {
            begun.complete(null);
        }
        synchronized (this) {
            while (!waiting.isEmpty() && waiting.element().sinceMillis < since) {
                giveUpFirst("the log of the cluster has neither refused an event nor given it to its reader within "
                        + limits.time);
            }
        }
        report();
    }

    /**
     * What comes behind the first entry goes on. If it is read in the end, it is delivered like one of another server; if it
     * fails, here alone.
     */
    private void giveUpFirst(String reason) {
        fault(new TimeoutException(reason));
        passFirst();
    }

    private void passFirst() {
        var first = waiting.element();
        settle(first);
        first.givenUp = true;
        runDue();
    }

    /** @return whether it was open */
    private boolean settle(Waiting appended) {
        if (appended.settled) {
            return false;
        }
        appended.settled = true;
        open.remove(Objects.requireNonNull(appended.entry));
        held.add(-appended.bytes);
        return true;
    }

    private void runDue() {
        for (var next = waiting.peek(); next != null && next.settled; next = waiting.peek()) {
            waiting.remove();
            if (next.entry == null || next.fails) {
                guard(next.task);
            }
        }
    }

    private void guard(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            faults.add(e);
        }
    }

    private void fault(Throwable failure) {
        if (!failing) {
            faults.add(failure);
        }
        failing = true;
    }

    /** Not under the lock, since it is user code that is told. */
    private void report() {
        if (Thread.holdsLock(this)) {
            return; // A log that answers at once: its caller does it.
        }
        for (var next = nextFault(); next != null; next = nextFault()) {
            delivery.report(next);
        }
    }

    private synchronized @Nullable Throwable nextFault() {
        return faults.poll();
    }

    @Override
    public void begin(String offset) {
        synchronized (this) {
            if (delivery.begin(offset)) {
                faults.add(new IllegalStateException("events are missing in the log of the cluster before \"" + offset
                        + "\": clients of this server begin anew"));
                while (!waiting.isEmpty()) { // It may never be read, and those that it is for are gone.
                    passFirst();
                }
            }
        }
        report();
    }

    @Override
    public void read(String offset, ClusterLog.Entry entry) {
        synchronized (this) {
            var own = open.get(entry);
            if (own != null) {
                settle(own);
                failing = false;
            }
            guard(() -> delivery.deliver(offset, entry));
            runDue();
        }
        report();
    }

    /** Delivers what was read on this server. */
    interface Delivery {
        /** @return whether events were missed that are not in the log any more */
        boolean begin(String offset);

        void deliver(String offset, ClusterLog.Entry entry);

        /** Tells the user what went wrong. No lock is held. */
        void report(Throwable failure);
    }

    /**
     * How much is waited for the log.
     *
     * @param count of what waits
     * @param bytes of the entries among that, about
     * @param budget to which these are charged
     */
    record Limits(Duration time, int count, long bytes, Budget budget) {}

    private static final class Waiting {
        /** Null for what is not logged. */
        private final ClusterLog.@Nullable Entry entry;

        private final long bytes;
        private final long sinceMillis;
        /** What is not logged, or what is done if the entry fails. */
        private final Runnable task;

        /** Whether it has its turn when nothing is before it. */
        private boolean settled;

        private boolean fails;
        private boolean givenUp;

        private Waiting(ClusterLog.@Nullable Entry entry, long bytes, long sinceMillis, Runnable task) {
            this.entry = entry;
            this.bytes = bytes;
            this.sinceMillis = sinceMillis;
            this.task = task;
            this.settled = entry == null;
        }
    }
}
