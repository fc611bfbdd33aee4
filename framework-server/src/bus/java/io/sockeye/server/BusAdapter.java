package io.sockeye.server;

import io.sockeye.server.adapter.Adapter;
import io.sockeye.server.adapter.AnswerListener;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.LocalSockets;
import io.sockeye.server.adapter.SocketDetails;
import io.sockeye.server.adapter.Target;
import io.sockeye.bytes.Bytes;
import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonValue;
import io.sockeye.server.http.HttpRequest;
import io.sockeye.protocol.SocketPacket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An adapter made of messages alone, as those of message brokers are. Messages begin with a head of fixed length. */
class BusAdapter implements Adapter {
    private static final int HEAD = 7;

    private final Bus bus;
    private final String server;
    private final LocalSockets sockets;
    private final AtomicLong requests = new AtomicLong();
    private final Map<String, AnswerListener> asking = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<String, List<SocketDetails>>> fetching = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private enum Kind {
        BROADCAST,
        REQUEST,
        ASKED,
        ANSWERED,
        FETCH,
        FOUND,
        JOIN,
        LEAVE,
        DISCONNECT,
        SERVER_EVENT,
        SERVER_REQUEST,
        SERVER_ANSWER
    }

    BusAdapter(Bus bus, String server, LocalSockets sockets) {
        this.bus = bus;
        this.server = server;
        this.sockets = sockets;
    }

    String server() {
        return server;
    }

    /** As the server is named in the cluster. */
    String node() {
        return sockets.server();
    }

    boolean isOf(String namespace) {
        return sockets.namespace().equals(namespace);
    }

    @Override
    public void broadcast(SocketPacket.Event event, Target target, Flags flags) {
        publish(Kind.BROADCAST, "", target, flags, values(event.arguments()));
        sockets.broadcast(event, target, flags);
    }

    @Override
    public void request(SocketPacket.Event event, Target target, Flags flags, AnswerListener answers) {
        String id = remember(asking, answers, flags);
        publish(Kind.REQUEST, id, target, flags, values(event.arguments()));
        sockets.request(event, target, flags, answers);
    }

    private <T> String remember(Map<String, T> map, T who, Flags flags) {
        String id = server + "-" + requests.getAndIncrement();
        map.put(id, who);
        bus.after(Objects.requireNonNull(flags.timeout()), () -> map.remove(id));
        return id;
    }

    @Override
    public CompletableFuture<List<String>> servers() {
        return CompletableFuture.completedFuture(bus.servers(sockets.namespace()));
    }

    @Override
    public void fetch(Target target, Flags flags, BiConsumer<String, List<SocketDetails>> found) {
        publish(Kind.FETCH, remember(fetching, found, flags), target, flags, List.of());
        sockets.fetch(target).thenAccept(own -> found.accept(node(), own));
    }

    @Override
    public void join(Target target, Set<String> rooms) {
        publish(Kind.JOIN, "", target, Flags.NONE, List.copyOf(rooms));
        sockets.join(target, rooms);
    }

    @Override
    public void leave(Target target, Set<String> rooms) {
        publish(Kind.LEAVE, "", target, Flags.NONE, List.copyOf(rooms));
        sockets.leave(target, rooms);
    }

    @Override
    public void disconnect(Target target, boolean close) {
        publish(Kind.DISCONNECT, "", target, Flags.NONE, List.of(close));
        sockets.disconnect(target, close);
    }

    @Override
    public void serverSideEmit(JsonArray arguments) {
        publish(Kind.SERVER_EVENT, "", Target.ALL, Flags.NONE, values(arguments));
    }

    @Override
    public void serverSideRequest(JsonArray arguments, Flags flags, AnswerListener answers) {
        publish(Kind.SERVER_REQUEST, remember(asking, answers, flags), Target.ALL, flags, values(arguments));
    }

    @Override
    public void close() {
        closed = true;
        bus.leave(this);
    }

    private void publish(Kind kind, String request, Target target, Flags flags, List<?> rest) {
        if (closed) {
            return;
        }
        var all = new ArrayList<@Nullable Object>(List.of(
                node(),
                kind.name(),
                request,
                target.rooms(),
                target.except(),
                flags.droppable(),
                flags.timeout() == null ? 0 : flags.timeout().toMillis()));
        all.addAll(rest);
        var array = sockets.json().array(all);
        bus.publish(bus.link(server), new Bus.Message(sockets.namespace(), array.raw(), array.attachments()));
    }

    private static List<JsonValue> values(JsonArray array) {
        return IntStream.range(0, array.size()).mapToObj(array::value).toList();
    }

    void receive(Bus.Message sent) {
        var message = sockets.json().readArray(sent.text(), sent.attachments());
        String from = message.get(0, String.class);
        if (from.equals(node())) {
            return;
        }
        String request = message.get(2, String.class);
        var target = new Target(Set.of(message.get(3, String[].class)), Set.of(message.get(4, String[].class)));
        var timeout = Duration.ofMillis(message.get(6, long.class));
        var flags = new Flags(message.get(5, boolean.class), true, false, timeout);
        var rest = message.from(HEAD);
        switch (Kind.valueOf(message.get(1, String.class))) {
            case BROADCAST -> sockets.broadcast(event(rest), target, flags);
            case REQUEST -> sockets.request(event(rest), target, flags, new Reply(request));
            case ASKED -> withAsker(request, answers -> answers.asked(from, rest.get(0, int.class)));
            case ANSWERED -> withAsker(request, answers -> answers.answered(from, rest));
            case FETCH ->
                sockets.fetch(target)
                        .thenAccept(found -> publish(
                                Kind.FOUND,
                                request,
                                Target.ALL,
                                flags,
                                found.stream().map(BusAdapter::written).toList()));
            case FOUND -> {
                var found = fetching.get(request);
                if (found != null) {
                    found.accept(
                            from,
                            values(rest).stream()
                                    .map(value -> read(value.as(Written.class)))
                                    .toList());
                }
            }
            case JOIN -> sockets.join(target, rooms(rest));
            case LEAVE -> sockets.leave(target, rooms(rest));
            case DISCONNECT -> sockets.disconnect(target, rest.get(0, boolean.class));
            case SERVER_EVENT -> sockets.serverSideEvent(rest, null);
            case SERVER_REQUEST ->
                sockets.serverSideEvent(
                        rest, values -> publish(Kind.SERVER_ANSWER, request, Target.ALL, flags, values));
            case SERVER_ANSWER ->
                withAsker(request, answers -> {
                    answers.asked(from, 1);
                    answers.answered(from, rest);
                });
        }
    }

    private void withAsker(String request, Consumer<AnswerListener> action) {
        var answers = asking.get(request);
        if (answers != null) {
            action.accept(answers);
        }
    }

    private SocketPacket.Event event(JsonArray arguments) {
        return new SocketPacket.Event(sockets.namespace(), SocketPacket.NO_ACK, arguments);
    }

    private static Set<String> rooms(JsonArray names) {
        return Set.copyOf(
                values(names).stream().map(value -> value.as(String.class)).toList());
    }

    /** Tells the server that asked. */
    private final class Reply implements AnswerListener {
        private final String request;

        private Reply(String request) {
            this.request = request;
        }

        @Override
        public void asked(String own, int count) {
            publish(Kind.ASKED, request, Target.ALL, Flags.NONE, List.of(count));
        }

        @Override
        public void answered(String own, JsonArray arguments) {
            publish(Kind.ANSWERED, request, Target.ALL, Flags.NONE, values(arguments));
        }

        @Override
        public void lost(String own) {
            // The one that asked learns it by its own timeout.
        }
    }

    /** What a socket looks like on the bus. */
    record Written(
            String id,
            Set<String> rooms,
            Map<String, Object> data,
            String uri,
            List<String> headers,
            String address,
            JsonValue auth,
            String time) {}

    private static Map<String, Object> written(SocketDetails details) {
        var handshake = details.handshake();
        return Map.of(
                "id", details.id(),
                "rooms", details.rooms(),
                "data", details.data(),
                "uri", handshake.request().uri(),
                "headers", handshake.request().headers(),
                "address", handshake.address(),
                "auth", handshake.auth(),
                "time", handshake.time().toString());
    }

    private SocketDetails read(Written written) {
        var request = new HttpRequest("GET", written.uri(), written.headers(), written.address(), false, Bytes.EMPTY);
        var auth = sockets.json().value(written.auth());
        var handshake = new Handshake(request, auth, Instant.parse(written.time()));
        return new SocketDetails(written.id(), handshake, written.rooms(), written.data());
    }
}
