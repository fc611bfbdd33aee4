package io.sockeye.testbed.simulation;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Handshake;
import io.sockeye.engine.Limits;
import io.sockeye.engine.Transport;
import io.sockeye.engine.session.ClientListener;
import io.sockeye.engine.session.ClientSession;
import io.sockeye.engine.session.ClientSettings;
import io.sockeye.json.Json;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.Parser;
import io.sockeye.protocol.ProtocolException;
import io.sockeye.protocol.SocketLimits;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.protocol.TransportKind;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection of a client to a server, from its handshake to its end. */
final class ClientConnection implements ClientListener {
    private static final ClientSettings SETTINGS =
            new ClientSettings(1_500, 700, 1_000, new Limits(1 << 20, Integer.MAX_VALUE, 1 << 20));

    private final SimulatedClient client;
    private final ServerPlace server;
    private final Schedule schedule;
    private final Parser.Decoder decoder = Parser.standard().decoder(Json.standard(), SocketLimits.DEFAULT);
    private final ClientSession session;
    private String sid = "";
    /** Of the server; null until that has answered. */
    private @Nullable Chat chat;

    /** When the session is looked at next. */
    private long tickMillis = Long.MAX_VALUE;

    ClientConnection(SimulatedClient client, ServerPlace server, Schedule schedule) {
        this.client = client;
        this.server = server;
        this.schedule = schedule;
        if (client.way() == Way.WEBSOCKET) {
            this.session = new ClientSession(SETTINGS, new ClientWebSocket(this, wire()), this, nowMillis());
        } else {
            var polling = new ClientPolling(this);
            this.session = new ClientSession(SETTINGS, polling, this, nowMillis());
            polling.poll();
        }
        onDeadline(session.deadlineMillis());
    }

    ClientSession session() {
        return session;
    }

    /** The application at the server; null until that has answered, or if it was gone by then. */
    @Nullable
    Chat chat() {
        return chat;
    }

    long nowMillis() {
        return schedule.nowMillis();
    }

    void later(Runnable task) {
        schedule.after(0, task);
    }

    private ServerPlace nextServer() {
        return sid.isEmpty() ? server : client.route(server);
    }

    private Wire wire() {
        return client.network().connect(nextServer());
    }

    ClientHttp call(String method, Bytes body, Consumer<Message.@Nullable Response> done) {
        var connection = client.network().http(nextServer());
        connection.send(new Message.Request(method, query("polling"), body), done);
        return connection;
    }

    /** The query of a request of this session. */
    String query(String transport) {
        return "EIO=4&transport=" + transport + (sid.isEmpty() ? "" : "&sid=" + sid);
    }

    void send(SocketPacket packet) {
        session.send(Parser.standard().encode(packet));
    }

    @Override
    public void onOpen(Handshake handshake) {
        sid = handshake.sid();
        server.use(open -> chat = open.chat());
        client.opened(this);
        if (client.way() == Way.UPGRADE && handshake.offers(TransportKind.WEBSOCKET)) {
            session.probe(new ClientWebSocket(this, wire()), nowMillis());
        }
    }

    @Override
    public void onMessage(EnginePacket message) {
        var packet = decoder.receive(message);
        if (packet != null) {
            client.receive(this, packet);
        }
    }

    @Override
    public void onUpgrade(Transport transport) {
        client.trace("upgraded");
    }

    @Override
    public void onDeadline(long deadlineMillis) {
        if (deadlineMillis < tickMillis) {
            tickMillis = deadlineMillis;
            schedule.afterMillis(Math.max(0, deadlineMillis - nowMillis()), () -> tick(deadlineMillis));
        }
    }

    private void tick(long dueMillis) {
        if (dueMillis == tickMillis) {
            tickMillis = Long.MAX_VALUE;
            session.tick(nowMillis());
            onDeadline(session.deadlineMillis());
        }
    }

    @Override
    public void onProtocolError(ProtocolException error) {
        throw new Violation("the server broke the protocol", error);
    }

    @Override
    public void onClose(CloseReason reason) {
        client.closed(this, reason);
    }
}
