package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineSettings;
import io.sockeye.engine.Limits;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import java.util.Objects;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client's and a server's session, back to back over a wire: the client polls and probes a WebSocket at some time. */
final class WireRun {
    private static final long LIMIT_MILLIS = 120_000;
    private static final int LIMIT_STEPS = 200_000;

    final Wire wire;
    final WireOwner client;
    final WireOwner server;
    final ClientSession clientSession;
    /** Of the server, which sends none while it closes. */
    long pingIntervalMillis = 300;

    private final int maxPayload;
    private final WireClientPolling polling;
    private @Nullable ServerSession serverSession;
    private @Nullable WireServerPolling serverPolling;
    private @Nullable WireSocket socket;

    WireRun(Random random) {
        wire = new Wire(random, random.nextInt(25));
        client = new WireOwner(random);
        server = new WireOwner(random);
        maxPayload = 50 + random.nextInt(5_000);
        polling = new WireClientPolling(wire, new ClientSide(), new Endpoint(), maxPayload);
        var settings = new ClientSettings(2_000, 400, 30_000, ClientSettings.DEFAULT.limits());
        clientSession = new ClientSession(settings, polling, client, 0);
        client.setDeadline(clientSession.deadlineMillis());
        polling.poll();
    }

    ServerSession serverSession() {
        return Objects.requireNonNull(serverSession);
    }

    /** Has each side send its messages in bursts. */
    void emit(int messages, int forMillis) {
        for (int left = messages; left > 0; ) {
            int burst = Math.min(left, 1 + wire.random().nextInt(40));
            left -= burst;
            wire.at(wire.random().nextInt(forMillis), () -> client.emit(burst, clientSession::send));
            wire.at(wire.random().nextInt(forMillis), () -> emitFromServer(burst));
        }
    }

    private void emitFromServer(int burst) {
        if (serverSession == null) {
            wire.at(wire.nowMillis() + 10, () -> emitFromServer(burst));
        } else {
            server.emit(burst, serverSession::send);
        }
    }

    /** Connects the WebSocket; whether the client's session gets it before or once it is connected is up to chance. */
    void probe() {
        boolean early = wire.random().nextBoolean();
        var mine = WireSocket.connect(wire, new ClientSide(), new ServerSide());
        socket = mine;
        if (early) {
            clientSession.probe(mine, wire.nowMillis());
        }
        wire.carry(() -> {
            serverSession().probe(mine.peer(), wire.nowMillis());
            wire.carry(() -> {
                mine.connected();
                if (!early) {
                    clientSession.probe(mine, wire.nowMillis());
                }
            });
        });
    }

    void closeClient() {
        client.stop();
        clientSession.close(wire.nowMillis());
    }

    void closeServer() {
        server.stop();
        serverSession().close(CloseReason.SERVER_SHUTTING_DOWN, wire.nowMillis());
    }

    void resetSocket() {
        if (socket != null) {
            socket.reset();
        }
    }

    void silenceSocket() {
        if (socket != null) {
            socket.fallSilent();
        }
    }

    /** The client's HTTP connections break; the server sees it only if a poll waits. */
    void resetPolling() {
        polling.reset();
        var theirs = serverPolling;
        if (theirs != null && theirs.writable()) {
            theirs.abort();
            serverSession().transportClosed(theirs, CloseReason.TRANSPORT_ERROR);
        }
    }

    /** Lets time pass until something is so, or both sides have ended. */
    void runUntil(BooleanSupplier done) {
        for (int steps = 0; !done.getAsBoolean() && !bothClosed(); steps++) {
            long due = Math.min(client.deadlineMillis(), server.deadlineMillis());
            assertThat(steps).as("steps").isLessThan(LIMIT_STEPS);
            assertThat(Math.min(due, wire.nextEventMillis())).as("time").isLessThan(LIMIT_MILLIS);
            if (wire.nextEventMillis() <= due) {
                wire.runNext();
            } else {
                wire.advanceTo(due);
                tick();
            }
        }
    }

    private void tick() {
        if (client.deadlineMillis() <= wire.nowMillis()) {
            clientSession.tick(wire.nowMillis());
            client.setDeadline(clientSession.deadlineMillis());
        }
        if (server.deadlineMillis() <= wire.nowMillis()) {
            serverSession().tick(wire.nowMillis());
            server.setDeadline(serverSession().deadlineMillis());
        }
    }

    boolean bothClosed() {
        return client.closeReason != null && (server.closeReason != null || serverSession == null);
    }

    /** The server's HTTP. */
    private final class Endpoint implements WireClientPolling.Server {
        @Override
        public void get(Consumer<Bytes> respond) {
            if (serverPolling == null) {
                serverPolling = new WireServerPolling(wire, respond);
                var settings = new EngineSettings(
                        pingIntervalMillis, 200, 400, 30_000, new Limits(maxPayload, 10_000, 1 << 20));
                serverSession = new ServerSession("S1", settings, serverPolling, server, wire.nowMillis());
                server.setDeadline(serverSession.deadlineMillis());
            } else if (polls()) {
                serverPolling.poll(respond);
                serverSession().transportReady(serverPolling);
            } else {
                wire.carry(polling::reset);
            }
        }

        @Override
        public void post(Bytes payload, Consumer<Boolean> respond) {
            boolean accepted = serverPolling != null
                    && polls()
                    && serverSession().receivePayload(serverPolling, payload, wire.nowMillis());
            respond.accept(accepted);
        }

        private boolean polls() {
            return server.closeReason == null && serverSession().transport() == serverPolling;
        }
    }

    private final class ServerSide implements WireSocket.Side {
        @Override
        public void receiveFrame(Transport from, Bytes frame, boolean binary) {
            serverSession().receiveFrame(from, frame, binary, wire.nowMillis());
        }

        @Override
        public void ready(Transport transport) {
            serverSession().transportReady(transport);
        }

        @Override
        public void lost(Transport transport, CloseReason reason) {
            serverSession().transportClosed(transport, reason);
        }
    }

    private final class ClientSide implements WireSocket.Side, WireClientPolling.Client {
        @Override
        public void receiveFrame(Transport from, Bytes frame, boolean binary) {
            clientSession.receiveFrame(from, frame, binary, wire.nowMillis());
        }

        @Override
        public void receivePayload(Transport from, Bytes payload) {
            clientSession.receivePayload(from, payload, wire.nowMillis());
        }

        @Override
        public void ready(Transport transport) {
            clientSession.transportReady(transport);
        }

        @Override
        public void paused(Transport transport) {
            clientSession.transportPaused(transport);
        }

        @Override
        public void lost(Transport transport, CloseReason reason) {
            clientSession.transportClosed(transport, reason);
        }
    }
}
