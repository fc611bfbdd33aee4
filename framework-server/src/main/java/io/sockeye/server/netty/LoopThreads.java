package io.sockeye.server.netty;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;

/** Makes the threads of event loops, and tells when one ends, in its last moment. Any thread. */
final class LoopThreads implements ThreadFactory {
    private final ThreadFactory factory = new DefaultThreadFactory("sockeye");
    private final Runnable ended;

    LoopThreads(Runnable ended) {
        this.ended = ended;
    }

    @Override
    public Thread newThread(Runnable loop) {
        return factory.newThread(() -> {
            try {
                loop.run();
            } finally {
                ended.run();
            }
        });
    }
}
