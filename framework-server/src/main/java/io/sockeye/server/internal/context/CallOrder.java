package io.sockeye.server.internal.context;

import java.util.function.LongConsumer;

/** In which order what users do takes effect on a loop: that of the calls of each thread. Any thread. */
public interface CallOrder {
    /** That of a server without a log. */
    CallOrder DIRECT = new CallOrder() {
        @Override
        public void run(ServerLoop loop, Runnable task) {
            loop.execute(task);
        }

        @Override
        public void run(ServerLoop loop, LongConsumer task) {
            loop.execute(() -> task.accept(0));
        }
    };

    /** Runs a task on the loop in that order. */
    void run(ServerLoop loop, Runnable task);

    /** The same for a task that is told which number of the log it follows; 0 if there is no log. */
    void run(ServerLoop loop, LongConsumer task);
}
