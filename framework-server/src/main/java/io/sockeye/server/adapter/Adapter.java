package io.sockeye.server.adapter;

import io.sockeye.json.JsonArray;
import io.sockeye.protocol.SocketPacket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * Reaches all sockets of one namespace, on this server and on the others of a cluster. The interface has what the
 * adapters of Node's server need, so that one cluster can have servers of both kinds; {@link AdapterFactory#inMemory}
 * reaches this server only. All methods may be called on any thread, must not block, and must keep the order of each
 * caller's calls.
 *
 * <p>An adapter executes each call on this server by the same method of {@link LocalSockets}, and sends it to the other
 * servers; when it receives a call of another server, it calls {@link LocalSockets}, too. It need not report that the
 * timeout of the {@link Flags} has passed: later answers are ignored, so that it may forget the question then.
 *
 * <pre>{@code
 * public void join(Target target, Set<String> rooms) {
 *     local.join(target, rooms); // the LocalSockets that the factory was given
 *     bus.publish(new Join(local.namespace(), target, rooms));
 * }
 * }</pre>
 */
public interface Adapter extends AutoCloseable {
    /** Sends an event to the target's sockets. */
    void broadcast(SocketPacket.Event event, Target target, Flags flags);

    /** Sends an event to the target's sockets and asks each for an acknowledgement. */
    void request(SocketPacket.Event event, Target target, Flags flags, AnswerListener answers);

    /**
     * The names of all servers that have this namespace, with this one, that answer questions to all servers; the empty
     * text for each whose name is not known.
     */
    CompletableFuture<List<String>> servers();

    /**
     * Completes once all that other servers send to these rooms reaches this server, on which a socket joins them: at
     * once, unless rooms are subscribed one by one.
     */
    default CompletionStage<?> hear(Set<String> rooms) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Finds the target's sockets, on all servers.
     *
     * @param found called for each server that answers, with its name and its sockets
     */
    void fetch(Target target, Flags flags, BiConsumer<String, List<SocketDetails>> found);

    /** Makes the target's sockets join rooms. */
    void join(Target target, Set<String> rooms);

    /** Makes the target's sockets leave rooms. */
    void leave(Target target, Set<String> rooms);

    /**
     * Disconnects the target's sockets.
     *
     * @param close whether their connections are closed too
     */
    void disconnect(Target target, boolean close);

    /**
     * Sends an event to the other servers, not to this one.
     *
     * @param arguments the event's name, then its arguments
     */
    void serverSideEmit(JsonArray arguments);

    /**
     * Sends an event to the other servers and asks each for an acknowledgement. For one that answers, {@link
     * AnswerListener#asked} is called with 1, then {@link AnswerListener#answered}; for one that does not, nothing.
     */
    void serverSideRequest(JsonArray arguments, Flags flags, AnswerListener answers);

    /** The namespace is gone; called once. Later calls, by handlers that still run, must have no effect. */
    @Override
    void close();
}
