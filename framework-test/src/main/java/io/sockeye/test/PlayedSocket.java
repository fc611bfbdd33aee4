package io.sockeye.test;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.json.JsonArray;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The client's side of one socket. Any thread. */
final class PlayedSocket implements PlayedClient {
    private final PlayedConnection connection;
    private final String namespace;
    private final String id;
    private final List<SentEvent> sent = new CopyOnWriteArrayList<>();
    private final AtomicLong nextAck = new AtomicLong();
    private final Map<Long, TestAnswer> unanswered = new ConcurrentHashMap<>();
    /** Why the client cannot send any more; null while it can. */
    private volatile @Nullable String end;

    PlayedSocket(PlayedConnection connection, Socket socket) {
        this.connection = connection;
        this.namespace = socket.namespace().name();
        this.id = socket.id();
    }

    void receive(SocketPacket packet) {
        if (packet instanceof SocketPacket.Event event) {
            var args = new Args(event.arguments().from(1), ack(event.ackId()));
            sent.add(new SentEvent(event.name(), args));
        } else if (packet instanceof SocketPacket.Ack ack) {
            var answer = unanswered.remove(ack.ackId());
            if (answer != null) {
                answer.arrived(new Args(ack.arguments(), Ack.NONE));
            }
        } else if (packet instanceof SocketPacket.Disconnect) {
            end = "the server has disconnected the socket";
        }
    }

    private Ack ack(long ackId) {
        if (ackId == SocketPacket.NO_ACK) {
            return Ack.NONE;
        }
        return Ack.of(values -> {
            send(new SocketPacket.Ack(namespace, ackId, connection.json().array(values)));
        });
    }

    void ended() {
        if (end == null) {
            end = "the connection has ended";
        }
    }

    private void send(SocketPacket packet) {
        connection.loop().settle();
        if (end != null) {
            throw new IllegalStateException(end);
        }
        connection.send(packet);
        connection.loop().settle();
    }

    @Override
    public void receive(String event, @Nullable Object @Nullable ... args) {
        send(new SocketPacket.Event(namespace, SocketPacket.NO_ACK, arguments(event, args)));
    }

    @Override
    public TestAnswer ask(String event, @Nullable Object @Nullable ... args) {
        var arguments = arguments(event, args);
        long ackId = nextAck.getAndIncrement();
        var answer = new TestAnswer(connection, event);
        unanswered.put(ackId, answer);
        send(new SocketPacket.Event(namespace, ackId, arguments));
        return answer;
    }

    private JsonArray arguments(String event, @Nullable Object @Nullable [] args) {
        if (SocketPacket.Event.isReserved(event)) {
            throw new IllegalArgumentException("'" + event + "' is a reserved event name");
        }
        return connection.json().event(event, args);
    }

    @Override
    public void sayGoodbye() {
        send(new SocketPacket.Disconnect(namespace));
        end = "the client has left the namespace";
    }

    @Override
    public void loseConnection() {
        connection.lose();
        connection.loop().settle();
    }

    @Override
    public boolean connectionOpen() {
        connection.loop().settle();
        return connection.isOpen();
    }

    @Override
    public List<SentEvent> sent() {
        connection.loop().settle();
        return List.copyOf(sent);
    }

    @Override
    public SentEvent awaitSent(String event, Duration limit) {
        if (!connection.loop().await(() -> isSent(event), limit)) {
            throw new AssertionError("no '%s' was sent within %d ms, but %s%s"
                    .formatted(
                            event,
                            limit.toMillis(),
                            sent.stream().map(SentEvent::toString).collect(Collectors.joining(", ", "[", "]")),
                            connection.recorder().describeErrors()));
        }
        return sent(event).get(0);
    }

    private boolean isSent(String event) {
        return sent.stream().anyMatch(it -> it.name().equals(event));
    }

    @Override
    public List<SentBroadcast> broadcasts() {
        connection.loop().settle();
        return connection.recorder().broadcasts().stream()
                .filter(it -> it.namespace().equals(namespace))
                .filter(it -> it.target().except().contains(id))
                .toList();
    }

    @Override
    public List<String> joinedRooms() {
        connection.loop().settle();
        return connection.recorder().rooms(id, true);
    }

    @Override
    public List<String> leftRooms() {
        connection.loop().settle();
        return connection.recorder().rooms(id, false);
    }
}
