package io.sockeye.server;

import io.sockeye.engine.Budget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what clients hold within the server's memory, for those of one shard. Above three quarters of a budget those that
 * hold most are not read any further, unless that is what would make it less, the more of them the less is left; above nine tenths the one that holds the most of
 * all the server's is ended, then the next one, until there is less. Owned by the loop, but for {@link #most}.
 */
final class Relief {
    /** Who holds less is read in any case, unless the budget is a very small one. */
    private static final long SMALL = 64 << 10;

    /** Who holds less is never ended: what is held then is held by others, such as handlers that do not come to an end. */
    private static final long LEAST = 4 << 10;

    private final Shard shard;
    private final ServerContext context;
    private final Memory memory;
    /** How long a client may rest because of this, since no ping is late then. */
    private final long longestRestMillis;

    private final Set<Socket> leaving = new LinkedHashSet<>();
    private final Side in;
    private final Side out;
    /** Whether somebody may rest because of this. */
    private boolean resting;

    Relief(Shard shard, ServerContext context) {
        this.context = context;
        this.shard = shard;
        this.memory = context.memory();
        this.longestRestMillis = context.attachmentTimeoutMillis();
        this.in = new Side(memory.in(), Holdings::inBytes);
        this.out = new Side(memory.out(), Holdings::outBytes);
    }

    /** How much a client may hold and be read, if so much of a budget is used. */
    static long share(long heldBytes, long limitBytes) {
        long from = limitBytes / 4 * 3;
        long to = limitBytes / 10 * 9;
        if (heldBytes < from) {
            return Long.MAX_VALUE;
        }
        double left = Math.max(0, to - heldBytes) / (double) (to - from);
        return Math.max(smallest(limitBytes), (long) (limitBytes / 8.0 * left));
    }

    private static long smallest(long limitBytes) {
        return Math.min(SMALL, limitBytes / 64);
    }

    /** A socket has ended whose events still wait: nobody is there any more who could be made to wait. */
    void leaves(Socket socket) {
        leaving.add(socket);
    }

    /** Its last handler is through. */
    void left(Socket socket) {
        leaving.remove(socket);
    }

    /** Any thread: the most that one client of this shard held of that budget when it was looked at last. */
    long most(Budget budget) {
        return budget == memory.in() ? in.most : out.most;
    }

    private long mostOfOthers(Budget budget) {
        long found = 0;
        for (var each : context.shards()) {
            found = each == shard ? found : Math.max(found, each.relief().most(budget));
        }
        return found;
    }

    /** Looks whether there is need to do something; called again and again. */
    void look() {
        long inShare = share(memory.in().heldBytes(), memory.in().limitBytes());
        long outShare = share(memory.out().heldBytes(), memory.out().limitBytes());
        if (inShare < Long.MAX_VALUE || outShare < Long.MAX_VALUE) {
            resting = true;
            restAbove(inShare, outShare);
        } else if (resting) {
            resting = false;
            restAbove(inShare, outShare);
        }
        in.endLargest();
        out.endLargest();
    }

    /** More than there is memory for waits for clients, also for this one: it is ended at once, if it holds much. */
    void relieve(Connection connection) {
        if (connection.holdings().outBytes() > smallest(memory.out().limitBytes())) {
            end(connection);
        }
    }

    private void restAbove(long inShare, long outShare) {
        for (var connection : new ArrayList<>(connections())) {
            var holdings = connection.holdings();
            holdings.rest(holdings.outBytes() > outShare || holdings.waitingBytes() > inShare);
            if (holdings.restingMillis() > longestRestMillis) {
                end(connection);
            }
        }
    }

    private Collection<Connection> connections() {
        return shard.connections();
    }

    private void end(Connection connection) {
        var held = connection.holdings();
        var holding = new Memory.Holding(held.inBytes(), held.outBytes());
        connection.endForMemory();
        memory.ended(holding, shard.nowMillis());
    }

    private void end(Socket left) {
        long before = left.memory().waitingBytes();
        left.memory().discard();
        leaving.remove(left);
        if (left.memory().waitingBytes() < before) {
            memory.ended(new Memory.Holding(before, 0), shard.nowMillis());
        }
    }

    /** One of the two budgets, and who holds it here. */
    private final class Side {
        private final Budget budget;
        private final ToLongFunction<Holdings> held;
        private volatile long most;
        /** Whether all loops have had time to say who holds the most. */
        private boolean compared;

        private @Nullable Connection largest;
        private @Nullable Socket largestLeaving;

        private Side(Budget budget, ToLongFunction<Holdings> held) {
            this.budget = budget;
            this.held = held;
        }

        private void endLargest() {
            if (budget.heldBytes() < budget.limitBytes() / 4 * 3) {
                compared = false;
                most = 0;
                return;
            }
            find();
            while (compared
                    && isFull()
                    && most >= Math.min(LEAST, budget.limitBytes() / 1024)
                    && most >= mostOfOthers(budget)) {
                if (largestLeaving != null) {
                    end(largestLeaving);
                } else if (largest != null) {
                    end(largest);
                }
                find();
            }
            compared = isFull();
        }

        private boolean isFull() {
            return budget.heldBytes() >= budget.limitBytes() / 10 * 9;
        }

        private void find() {
            long found = 0;
            largest = null;
            largestLeaving = null;
            for (var connection : connections()) {
                long bytes = held.applyAsLong(connection.holdings());
                if (bytes > found) {
                    found = bytes;
                    largest = connection;
                }
            }
            for (var socket : leaving) {
                // Also if it has as much as one that is there.
                long bytes = socket.memory().isShared() || budget == memory.out()
                        ? 0
                        : socket.memory().waitingBytes();
                if (bytes >= found && bytes > 0) {
                    found = bytes;
                    largestLeaving = socket;
                }
            }
            most = found;
        }
    }
}
