package io.sockeye.server.internal.namespace;

import io.sockeye.engine.memory.Budget;
import io.sockeye.server.ConnectionRefused;
import io.sockeye.server.internal.context.LimitLog;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.context.ServerSettings;
import java.util.concurrent.atomic.AtomicInteger;

/** How many namespaces clients have brought into being that still exist. Any thread. */
final class DynamicCount {
    private final int limit;
    private final Budget budget;
    private final LimitLog log;
    private final AtomicInteger count = new AtomicInteger();

    DynamicCount(ServerContext context, int limit) {
        this.limit = limit;
        this.budget = context.memory().in();
        this.log = new LimitLog(
                context, "maxDynamicNamespaces: there are " + limit + ", clients that ask for more are refused");
    }

    /**
     * One more is about to be made.
     *
     * @throws ConnectionRefused if that would be too many
     */
    void add() {
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            log.reached();
            throw new ConnectionRefused("too many namespaces");
        }
        budget.add(ServerSettings.NAMESPACE_BYTES);
    }

    /** One is gone. */
    void remove() {
        count.decrementAndGet();
        budget.add(-ServerSettings.NAMESPACE_BYTES);
    }
}
