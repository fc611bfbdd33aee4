package io.sockeye.testbed.simulation;

import io.sockeye.server.BusCluster;
import io.sockeye.server.ConnectionStateRecovery;
import io.sockeye.server.DisconnectReason;
import io.sockeye.server.Overflow;
import io.sockeye.server.ServerUsage;
import io.sockeye.server.SocketServer;
import io.sockeye.server.adapter.AdapterFactory;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A whole server on simulated loops. */
final class SimulatedServer {
    private static final Duration STOP_TIME = Duration.ofSeconds(2);
    private static final Duration COUNT_TIME = Duration.ofSeconds(1);
    /** What a server holds that nobody needs: its namespaces. */
    private static final ServerUsage EMPTY =
            new ServerUsage(0, Chat.NAMESPACES.size(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** What a server reports that has missed something of the log. */
    private static final String GAP = "events are missing in the log of the cluster";
    /** What a server reports that sends more at once than it has memory for. */
    private static final String CROWD = "more waits for the log of the cluster than may";

    private final @Nullable BusCluster member;
    private final SplittableRandom random;
    private final Faults faults;
    private final SimulatedHost host;
    private final SimulatedExecutor handlers;
    private final Ledger ledger;
    private final SocketServer server;
    private final Chat chat;

    /** @param member its part in the cluster; null if it is alone */
    SimulatedServer(Simulation simulation, Settings settings, @Nullable BusCluster member, SplittableRandom random) {
        this.member = member;
        this.random = random;
        this.faults = simulation.faults();
        var schedule = simulation.schedule();
        host = new SimulatedHost(simulation, random.split());
        handlers = new SimulatedExecutor(schedule, random.split());
        ledger = simulation.ledger();
        server = build(settings, schedule);
        chat = new Chat(server, ledger, schedule);
        server.attach(host);
        faults.begin(server);
    }

    private SocketServer build(Settings settings, Schedule schedule) {
        var builder = SocketServer.builder()
                .pingInterval(Duration.ofMillis(Settings.PING_INTERVAL_MILLIS))
                .pingTimeout(Duration.ofMillis(Settings.PING_TIMEOUT_MILLIS))
                .upgradeTimeout(Duration.ofMillis(600))
                .connectTimeout(Duration.ofMillis(1_500))
                .adapter(member == null ? AdapterFactory.inMemory() : member)
                .outboxBytes(settings.outboxBytes())
                .replyExecutor(handlers)
                .random(new SeededRandom(random.split()))
                .onError((error, where) -> {
                    String message = String.valueOf(error.getMessage());
                    boolean expected = (settings.shortLog() && message.startsWith(GAP))
                            || (settings.memoryBytes() > 0 && message.startsWith(CROWD));
                    if (!expected) {
                        schedule.fail(new Violation(where, error));
                    }
                });
        if (settings.eventLoop()) {
            builder.handlersOnEventLoop();
        } else {
            builder.handlerExecutor(handlers);
        }
        if (settings.memoryBytes() > 0) {
            builder.memory(settings.memoryBytes(), settings.memoryBytes()).onOverflow(this::overflow);
        }
        if (settings.recoveryMillis() > 0) {
            builder.connectionStateRecovery(
                    ConnectionStateRecovery.within(Duration.ofMillis(settings.recoveryMillis())));
        }
        return builder.build();
    }

    private void overflow(Overflow overflow) {
        if (overflow.reason() == DisconnectReason.MEMORY) {
            for (var socket : overflow.sockets()) {
                ledger.session(socket.id(), socket.namespace().name()).memory().overflowed();
            }
        }
    }

    SimulatedHost host() {
        return host;
    }

    SimulatedExecutor handlers() {
        return handlers;
    }

    Chat chat() {
        return chat;
    }

    /** It is gone from one moment to the next. */
    void kill(boolean noticed) {
        host.kill(noticed);
        handlers.end();
        if (member != null) {
            member.die();
        }
    }

    /** It says goodbye to its clients and ends, while everything else goes on. */
    void stop() {
        server.stop(STOP_TIME);
    }

    /** Nobody is there any more: nothing may be left. */
    void checkEmpty() {
        var asked = server.usage();
        host.await(asked, COUNT_TIME);
        var usage = asked.getNow(null);
        if (!EMPTY.equals(usage)) {
            throw new Violation("left in the end: " + usage);
        }
        var memory = server.memory();
        if (memory.inBytes() != 0 || memory.outBytes() != 0) {
            throw new Violation("held in the end: " + memory);
        }
    }
}
