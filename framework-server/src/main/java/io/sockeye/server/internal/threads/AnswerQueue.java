package io.sockeye.server.internal.threads;

import io.sockeye.engine.memory.Budget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Leads one client's answers to where futures are completed, in order. Heavy ones are let in by a gate of the server; while
 * one waits there, those behind it wait, too. It is not that of the handlers, which may wait for answers. Any thread.
 */
public final class AnswerQueue implements Executor, Passage.PausableQueue {
    private final Executor replies;
    private final Passage passage;
    private final Budget budget;
    /** Bytes of heavy ones, from their arrival until they are read. */
    private final AtomicLong bytes = new AtomicLong();
    /** Guarded by itself. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(2);
    /** Whether somebody hands on what waits, or the first one waits to be let in; guarded by {@link #tasks}. */
    private boolean busy;

    /**
     * For one client.
     *
     * @param replies where they go to
     * @param budget to which is charged what waits
     */
    public AnswerQueue(Executor replies, Passage passage, Budget budget) {
        this.replies = replies;
        this.passage = passage;
        this.budget = budget;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (busy) {
                return;
            }
            busy = true;
        }
        resume();
    }

    /** For what need not wait for answers that rest: that there will be none. */
    public Executor direct() {
        return replies;
    }

    /** The answer is about to wait here. */
    public void charge(long more) {
        bytes.addAndGet(more);
        budget.add(more);
    }

    /** How many bytes of them wait. */
    public long bytes() {
        return bytes.get();
    }

    @Override
    public void resume() {
        for (var task = next(); task != null; task = next()) {
            replies.execute(task);
        }
    }

    /** Null if there is none, or the first one has to wait. */
    private @Nullable Runnable next() {
        synchronized (tasks) {
            var task = tasks.peek();
            if (task == null) {
                passage.forget();
                busy = false;
                return null;
            }
            var admitted = passage.admit(task, this);
            if (admitted != null) {
                tasks.remove();
            }
            return admitted;
        }
    }

    @Override
    public void dropTasks() {
        synchronized (tasks) {
            passage.forget();
        }
        discard();
        resume(); // What is light needs nobody to be let in.
    }

    /** Fails those that wait: their client had to go. */
    public void discard() {
        var dropped = new ArrayList<HandlerTask>();
        synchronized (tasks) {
            tasks.removeIf(task -> task instanceof HandlerTask each && each.isNeedless() && dropped.add(each));
            dropped.forEach(passage::dropped);
        }
        dropped.forEach(HandlerTask::uncharge);
        dropped.forEach(each -> replies.execute(each::done));
    }
}
