package io.sockeye.server.adapter;

import io.sockeye.json.Json;
import io.sockeye.json.JsonArray;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.Namespace;
import io.sockeye.server.RoomListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one namespace on this server: what an {@link Adapter} works on. All methods may be called on any
 * thread and return at once; the calls of one thread take effect in their order.
 */
public interface LocalSockets {
    /** The namespace's name. */
    String namespace();

    /** The name of this server; see {@link Cluster#node}. */
    String server();

    /** Whether that is the id of a socket of this server, and so the name of its own room. */
    boolean isSocket(String id);

    /** Reads and writes the arguments of events. */
    Json json();

    /** Sends an event. It is encoded once, whatever the number of sockets. */
    void broadcast(SocketPacket.Event event, Target target, Flags flags);

    /** Sends an event and asks for acknowledgements, under an id of this server's. */
    void request(SocketPacket.Event event, Target target, Flags flags, AnswerListener answers);

    /** The target's sockets at the time of the call. Completed on a thread of the handlers. */
    CompletableFuture<List<SocketDetails>> fetch(Target target);

    /** The rooms that sockets of this server are in, also those of their own ids, at the time of the call. */
    Set<String> rooms();

    /** Whether a socket of this server is in the room. */
    boolean hasRoom(String room);

    /** Calls the listener for changes of the rooms of this server, like {@link Namespace#onRooms}. */
    void onRooms(RoomListener listener);

    /** Makes the target's sockets join rooms, also those whose client may come back. */
    void join(Target target, Set<String> rooms);

    /** Makes the target's sockets leave rooms, also those whose client may come back. */
    void leave(Target target, Set<String> rooms);

    /**
     * Disconnects the target's sockets; with {@code close} also their connections. Clients that are away cannot come
     * back.
     */
    void disconnect(Target target, boolean close);

    /**
     * Another server's {@link Namespace#serverSideEmit} arrived.
     *
     * @param arguments the event's name, then its arguments
     * @param ack takes the acknowledgement at most once; null if none is asked for
     */
    void serverSideEvent(JsonArray arguments, @Nullable Consumer<List<?>> ack);
}
