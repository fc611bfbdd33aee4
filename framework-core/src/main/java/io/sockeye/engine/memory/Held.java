package io.sockeye.engine.memory;

/**
 * What one container holds, as it is charged to a budget. Its owner says how much that is after each change, with the number
 * that it has anyway: so nothing is charged or given back twice, whatever fails in between. Not thread-safe.
 */
public final class Held {
    private final Budget budget;
    private long bytes;
    private boolean closed;

    public Held(Budget budget) {
        this.budget = budget;
    }

    /** The container holds so much now; ignored after {@link #close}. */
    public void set(long size) {
        if (!closed && size != bytes) {
            budget.add(size - bytes);
            bytes = size;
        }
    }

    /** The container holds so much more; ignored after {@link #close}. */
    public void add(long more) {
        set(bytes + more);
    }

    /** How much the container holds. */
    public long bytes() {
        return bytes;
    }

    /** The container is gone, with all that it held. */
    public void close() {
        set(0);
        closed = true;
    }
}
