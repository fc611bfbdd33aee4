package io.sockeye.engine.memory;

/**
 * The bytes of one container, charged to a budget. The owner sets the container's size after each change. Since that
 * size is absolute, nothing is charged or given back twice, whatever fails in between. Not thread-safe.
 */
public final class Held {
    private final Budget budget;
    private long bytes;
    private boolean closed;

    public Held(Budget budget) {
        this.budget = budget;
    }

    /** Sets the container's size; ignored after {@link #close}. */
    public void set(long size) {
        if (!closed && size != bytes) {
            budget.add(size - bytes);
            bytes = size;
        }
    }

    /** Adds to the container's size; ignored after {@link #close}. */
    public void add(long more) {
        set(bytes + more);
    }

    /** The container's size. */
    public long bytes() {
        return bytes;
    }

    /** Gives everything back: the container is gone. */
    public void close() {
        set(0);
        closed = true;
    }
}
