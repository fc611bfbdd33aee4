package io.sockeye.testbed.simulation;

import io.sockeye.server.Bus;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One run of a plan: servers, clients, wires and the model, on one thread. */
final class Simulation {
    /** By then all clients are back, and all that was sent has arrived. */
    private static final long SETTLED_MILLIS = 17_000;
    /** By then all is forgotten. */
    private static final long EMPTY_MILLIS = 50_000;

    /** Where memory is short, a server waits no longer than that for a loop to say how much its clients hold. */
    private static final int PATIENCE_MILLIS = 150;

    private static final String MUCH = "x".repeat(6_000);

    private static final String[] ROOMS = {"red", "green", Chat.HALL};

    private final Plan plan;
    private final Faults faults;
    private final Schedule schedule = new Schedule();
    private final Trace trace;
    private final Ledger ledger;
    private final List<ServerPlace> servers = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private int nodes;

    Simulation(Plan plan, Faults faults, @Nullable PrintStream lines) {
        this.plan = plan;
        this.faults = faults;
        this.trace = new Trace(schedule, lines);
        this.ledger = new Ledger(schedule, plan.settings());
        var random = new SplittableRandom(~plan.seed());
        var time = new SimulatedBusTime(schedule, random.split());
        var bus = plan.settings().servers() == 1 ? null : new Bus(time, ledger::logged);
        for (int i = 0; i < plan.settings().servers(); i++) {
            servers.add(new ServerPlace(this, bus, random.split()));
        }
        for (var way : plan.settings().clients()) {
            clients.add(new SimulatedClient(clients.size(), way, this, random.split()));
        }
    }

    /** A name that no other server has or had. */
    String nextNode() {
        return String.format("n%03d", nodes++);
    }

    Schedule schedule() {
        return schedule;
    }

    Trace trace() {
        return trace;
    }

    Faults faults() {
        return faults;
    }

    Ledger ledger() {
        return ledger;
    }

    Settings settings() {
        return plan.settings();
    }

    ServerPlace server(int index) {
        return servers.get(index);
    }

    Totals totals() {
        return new Totals(1, schedule.steps(), ledger.received(), ledger.recoveries(), ledger.endedForMemory());
    }

    /**
     * Lets it all happen.
     *
     * @throws Violation if something must not have happened
     */
    void run() {
        trace.note("plan", plan.settings().toString());
        for (int index : plan.clients()) {
            schedule.afterMillis(10L * index, clients.get(index)::start);
        }
        for (var step : plan.steps()) {
            schedule.afterMillis(step.atMillis(), () -> perform(step));
        }
        schedule.runUntil(SETTLED_MILLIS);
        plan.clients().forEach(index -> clients.get(index).check());
        ledger.questions().check();
        clients.forEach(SimulatedClient::stop);
        schedule.runUntil(EMPTY_MILLIS);
        servers.forEach(place -> place.use(SimulatedServer::checkEmpty));
        ledger.checkMemory();
    }

    private void perform(Step step) {
        trace.note("step", step.toString());
        var client = clients.get(step.client());
        int choice = step.choice();
        var socket = client.socket(Chat.NAMESPACES.get(choice % 5 == 0 ? 1 : 0));
        String room = ROOMS[choice % ROOMS.length];
        var place = servers.get(choice / 7 % servers.size());
        switch (step.kind()) {
            case SAY -> socket.say("say", true, room, "x".repeat(choice % 7 == 0 ? 900 : 5));
            case JOIN -> socket.say("join", true, room);
            case LEAVE -> socket.say("leave", true, room);
            case ASK -> socket.say("ask", choice % 4 != 3, choice % 4);
            case QUIZ -> socket.say("quiz", true);
            case QUIT -> socket.leave();
            case RESTART -> client.restart();
            case CUT -> client.network().forEach(wire -> wire.cut(true));
            case VANISH -> client.network().forEach(wire -> wire.cut(false));
            case HALF_CLOSE -> client.network().forEach(wire -> wire.halfClose(choice % 2 == 0));
            case STALL -> client.network().forEach(wire -> wire.stall(choice % 1_500));
            case HANDLER_STALL -> stallHandlers(client, socket, choice);
            case LOG_STALL -> place.stallLog(choice % 500, choice % 4);
            case STOP -> place.stop(choice % 1_500);
            case FLOOD -> flood(choice);
            case GORGE -> gorge(choice);
            case KILL -> place.kill(choice % 1_500, choice % 2 == 0);
            default -> place.use(server -> perform(step, server, socket, room));
        }
    }

    private void perform(Step step, SimulatedServer server, ClientSocket socket, String room) {
        int choice = step.choice();
        var chat = server.chat();
        switch (step.kind()) {
            case WHISPER -> chat.whisper(socket.session());
            case ANNOUNCE -> chat.announce(socket.namespace(), choice % 4 == 0);
            case STEER -> chat.steer(socket.namespace(), room, ROOMS[choice / 5 % 2], choice % 2 == 0);
            case KICK -> chat.kick(socket.session());
            case KILL_CONNECTION -> chat.killConnection(socket.session());
            default ->
                server.host().loops().get(0).stall(choice % (settings().memoryBytes() > 0 ? PATIENCE_MILLIS : 600));
        }
    }

    /** Who is greedy sends very much while handlers are behind. */
    private void flood(int choice) {
        if (settings().memoryBytes() > 0) {
            var greedy = clients.get(0);
            greedy.place().use(server -> server.handlers().stall(choice % 600));
            var socket = greedy.socket(Chat.NAMESPACES.get(choice % 2));
            for (int i = choice % 100; i >= 0; i--) {
                socket.say("ask", false, Chat.NEVER, MUCH);
            }
        }
    }

    /** Who is greedy takes nothing while very much is sent to it. */
    private void gorge(int choice) {
        if (settings().memoryBytes() > 0) {
            var greedy = clients.get(0);
            greedy.network().forEach(wire -> wire.stall(choice % 1_500));
            var session = greedy.socket(Chat.NAMESPACES.get(choice % 2)).session();
            greedy.place().use(server -> {
                for (int i = choice % 100; i >= 0; i--) {
                    server.chat().whisper(session, MUCH);
                }
            });
        }
    }

    /** What the client says meanwhile waits, at times until it is back on another connection. */
    private void stallHandlers(SimulatedClient client, ClientSocket socket, int choice) {
        client.place().use(server -> server.handlers().stall(choice % 600));
        socket.say("ask", true, 0);
        if (choice % 3 == 0) {
            schedule.afterMillis(choice % 50, client::restart);
        }
    }
}
