package io.sockeye.server.internal.netty.io;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;

/** Makes the threads of event loops, and tells when one ends, in its last moment. Any thread. */
public final class LoopThreads implements ThreadFactory {
    private final ThreadFactory factory = new DefaultThreadFactory("sockeye");
    private final Runnable ended;

    public LoopThreads(Runnable ended) {
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
