package io.sockeye.server;

/** A task of a client's mailbox with something that must follow, also if the task is dropped. */
interface HandlerTask extends Runnable {
    /** What is to be done. */
    void act();

    /** Runs after that, or in its place. */
    void done();

    /** Whether it may be dropped to make room, as an event of a client that had to go. */
    boolean isNeedless();

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
        return new Parts(task, done, needless);
    }

    /** One of its parts. */
    final class Parts implements HandlerTask {
        private final Runnable task;
        private final Runnable done;
        private final boolean needless;

        private Parts(Runnable task, Runnable done, boolean needless) {
            this.task = task;
            this.done = done;
            this.needless = needless;
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
    }
}
