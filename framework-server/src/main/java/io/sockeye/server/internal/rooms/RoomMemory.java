package io.sockeye.server.internal.rooms;

import io.sockeye.engine.memory.Budget;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the rooms take that the sockets of one connection are in. A few rooms are what any client has, and cost no more than
 * its connection: only what is above that is charged. Any thread.
 */
public final class RoomMemory {
    /** What the objects of a room take that one socket is in, about. */
    static final int ROOM_OBJECTS = 440;
    /** Some thirty rooms. */
    static final long FREE_BYTES = 16 << 10;

    private static final int LAST_OF_ONE_BYTE = 0xff;

    private final Budget budget;
    private final AtomicLong bytes = new AtomicLong();

    public RoomMemory(Budget budget) {
        this.budget = budget;
    }

    /** What it takes that a socket is in that room. */
    static long of(String room) {
        return ROOM_OBJECTS + charactersOf(room);
    }

    /** What the characters of a name take. */
    public static long charactersOf(String name) {
        boolean narrow = name.chars().allMatch(character -> character <= LAST_OF_ONE_BYTE);
        return (narrow ? 1L : 2L) * name.length();
    }

    /** The rooms take so many bytes more, or less if the number is negative. */
    public void add(long more) {
        long now = bytes.addAndGet(more);
        budget.add(above(now) - above(now - more));
    }

    /** What is charged. */
    public long chargedBytes() {
        return above(bytes.get());
    }

    private static long above(long all) {
        return Math.max(0, all - FREE_BYTES);
    }
}
