package io.sockeye.server.internal.connection;

import io.sockeye.engine.Transport;
import io.sockeye.engine.memory.Budget;
import io.sockeye.server.internal.context.Memory;
import io.sockeye.server.internal.socket.LocalSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps what clients hold within the server's memory, for those of one shard. Above three quarters of a budget those that
 * hold most are not read any further, unless that is what would make it less, the more of them the less is left; above nine
 * tenths those that hold the most of all the server's are ended, until there is less. Where a budget is used up between two
 * looks, whoever is about to hold more is not read, or ended, at once. Owned by the loop.
 */
public final class Relief {
    /** Who holds less is spared between two looks. */
    private static final long SMALL = 64 << 10;

    /** Who holds less is never ended: what is held then is held by others, such as handlers that do not come to an end. */
    private static final long LEAST = 4 << 10;

    private final Shard shard;
    private final ServerCore core;
    private final Memory memory;
    /** How long a client may rest because of this, since no ping is late then. */
    private final long longestRestMillis;

    /** Sockets that have ended, and whose events still wait. */
    private final Set<LocalSocket> leaving;
    /** Those of sessions that have ended, and whose peers take their last bytes slowly, if at all. */
    private final Set<Transport> ended = new LinkedHashSet<>();

    private final BudgetRelief in;
    private final BudgetRelief out;
    /** Whether somebody may rest because of this. */
    private boolean resting;
    /** Whether so much has arrived that it may be too much before the next look; asking the budget for each message costs more. */
    private boolean halfFull;

    Relief(Shard shard, ServerCore core) {
        this.core = core;
        this.shard = shard;
        this.leaving = shard.sockets().leaving();
        this.memory = core.context().memory();
        this.longestRestMillis = core.context().attachmentTimeoutMillis();
        var others = new Others();
        this.in = new BudgetRelief(memory.in(), this::holdersIn, others);
        this.out = new BudgetRelief(memory.out(), this::holdersOut, others);
    }

    /** How much a client may hold and be read, if so much of a budget is used. */
    static long share(long heldBytes, long limitBytes) {
        long from = limitBytes / 4 * 3;
        long to = limitBytes / 10 * 9;
        if (heldBytes < from) {
            return Long.MAX_VALUE;
        }
        double left = Math.max(0, to - heldBytes) / (double) (to - from);
        // To the third power: very many who hold little are met only near the end.
        return Math.max(least(limitBytes), (long) (limitBytes / 8.0 * left * left * left));
    }

    /** What nobody is ended for. */
    static long least(long limitBytes) {
        return Math.min(LEAST, limitBytes / 1024);
    }

    private static long small(Budget budget) {
        return Math.min(SMALL, budget.limitBytes() / 64);
    }

    /** Ends a transport at once, if it holds more than a last word. */
    static void cutIfMuch(Transport transport) {
        if (transport.unsentBytes() > LEAST) {
            transport.cut();
        }
    }

    /** The transport of a session that has ended. */
    void ended(Transport transport) {
        if (transport.unsentBytes() > 0) {
            ended.add(transport);
        }
    }

    private BudgetRelief of(Budget budget) {
        return budget == memory.in() ? in : out;
    }

    /** Looks whether there is need to do something; called again and again. */
    void look() {
        if (!ended.isEmpty()) {
            ended.removeIf(transport -> transport.unsentBytes() == 0);
        }
        shard.sockets().forgetRead();
        long arrived = memory.in().heldBytes();
        halfFull = arrived >= memory.in().limitBytes() / 2;
        long inShare = share(arrived, memory.in().limitBytes());
        long outShare = share(memory.out().heldBytes(), memory.out().limitBytes());
        if (inShare < Long.MAX_VALUE || outShare < Long.MAX_VALUE) {
            resting = true;
            restAbove(inShare, outShare);
        } else if (resting) {
            resting = false;
            restAbove(inShare, outShare);
        }
        long now = shard.nowMillis();
        in.look(now);
        out.look(now);
    }

    private void restAbove(long inShare, long outShare) {
        for (var connection : connections()) {
            var holdings = connection.holdings();
            holdings.rest(holdings.outBytes() > outShare || holdings.waitingBytes() > inShare);
            if (holdings.restingMillis() > longestRestMillis) {
                end(connection);
            }
        }
    }

    /** Something arrived: while more is held than may be, who holds much is not read before the next look. */
    void arrived(Connection connection) {
        if (halfFull && memory.in().isFull() && connection.holdings().inBytes() > small(memory.in())) {
            resting = true;
            connection.holdings().rest(true);
        }
    }

    /** Something waits for the client while more is held than may be: it is ended at once, if it holds much. */
    void waits(Connection connection) {
        if (connection.holdings().outBytes() > small(memory.out())) {
            end(connection);
        }
    }

    /** A copy, since who is ended is none of them any more. */
    private Collection<Connection> connections() {
        return new ArrayList<>(shard.connections());
    }

    private void holdersIn(long atLeast, BudgetRelief.Holders holders) {
        for (var socket : leaving) {
            long bytes = socket.memory().isShared() ? 0 : socket.memory().waitingBytes();
            if (holders.wants(bytes, atLeast)) {
                holders.add(bytes, true, () -> end(socket));
            }
        }
        for (var connection : shard.connections()) {
            long bytes = connection.holdings().inBytes();
            if (holders.wants(bytes, atLeast)) {
                holders.add(bytes, false, () -> end(connection));
            }
        }
    }

    private void holdersOut(long atLeast, BudgetRelief.Holders holders) {
        for (var transport : ended) {
            if (holders.wants(transport.unsentBytes(), atLeast)) {
                holders.add(transport.unsentBytes(), true, transport::cut);
            }
        }
        for (var socket : leaving) {
            long bytes = socket.memory().isShared() ? 0 : socket.memory().overheardBytes();
            if (holders.wants(bytes, atLeast)) {
                holders.add(bytes, true, () -> end(socket));
            }
        }
        for (var connection : shard.connections()) {
            long bytes = connection.holdings().outBytes();
            if (holders.wants(bytes, atLeast)) {
                holders.add(bytes, connection.holdings().isAway(), () -> end(connection));
            }
        }
    }

    private void end(Connection connection) {
        var held = connection.holdings();
        var holding = new Memory.Holding(held.inBytes(), held.outBytes());
        connection.endForMemory();
        memory.ended(holding, shard.nowMillis());
    }

    private void end(LocalSocket left) {
        var memoryOfIt = left.memory();
        var before = new Memory.Holding(memoryOfIt.waitingBytes(), memoryOfIt.overheardBytes());
        memoryOfIt.discard();
        leaving.remove(left);
        if (memoryOfIt.waitingBytes() < before.inBytes() || memoryOfIt.overheardBytes() < before.outBytes()) {
            memory.ended(before, shard.nowMillis());
        }
    }

    private final class Others implements BudgetRelief.Others {
        @Override
        public boolean lookedSince(Budget budget, long millis) {
            return others().allMatch(each -> each.of(budget).lookedSince(millis));
        }

        @Override
        public long most(Budget budget) {
            return others().mapToLong(each -> each.of(budget).most()).max().orElse(0);
        }

        /** Where a loop has ended by an error, what is held there stays, and nobody there can be ended. */
        private Stream<Relief> others() {
            return core.shards().stream()
                    .filter(each -> each != shard && !each.loop().hasEnded())
                    .map(Shard::relief);
        }
    }
}
