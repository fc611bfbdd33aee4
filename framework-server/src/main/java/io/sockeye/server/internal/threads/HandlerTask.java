package io.sockeye.server.internal.threads;

/** A task of a client's mailbox with something that must follow, also if the task is dropped. */
public interface HandlerTask extends Runnable {
    /** What is to be done. */
    void act();

    /** Runs after that, or in its place. */
    void done();

    /** Gives back what it is charged for, once; {@link #done} does so later if this is not called before. */
    default void uncharge() {}

    /** Whether it may be dropped to make room, as an event of a client that had to go. */
    boolean isNeedless();

    /** How many bytes of objects it may make, about; 0 if few. The same whenever it is asked. */
    default long weight() {
        return 0;
    }

    /** The weight of a task of any kind. */
    static long weightOf(Runnable task) {
        return task instanceof HandlerTask each ? each.weight() : 0;
    }

    @Override
    default void run() {
        try {
            act();
        } finally {
            done();
        }
    }

    /**
     * A task of these parts.
     *
     * @param done runs after the task, or in its place
     * @param needless whether it may be dropped to make room
     */
    static HandlerTask of(Runnable task, Runnable done, boolean needless) {
        return new Parts(task, done, needless, 0);
    }

    /** A task of these parts that is needless, and may make so many bytes of objects. */
    static HandlerTask ofWeight(long weight, Runnable task, Runnable done) {
        return new Parts(task, done, true, weight);
    }

    /** One of its parts. */
    final class Parts implements HandlerTask {
        private final Runnable task;
        private final Runnable done;
        private final boolean needless;
        private final long weight;

        private Parts(Runnable task, Runnable done, boolean needless, long weight) {
            this.task = task;
            this.done = done;
            this.needless = needless;
            this.weight = weight;
        }

        @Override
        public void act() {
            task.run();
        }

        @Override
        public void done() {
            done.run();
        }

        @Override
        public boolean isNeedless() {
            return needless;
        }

        @Override
        public long weight() {
            return weight;
        }
    }
}
