package io.sockeye.server;

import io.sockeye.json.JsonArray;
import io.sockeye.protocol.SocketPacket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * Reaches all sockets of one namespace, on this server and on the others of a cluster. The seam is what the adapters of
 * Node's server need, so that servers of both kinds can stand together; {@link AdapterFactory#inMemory} knows this
 * server alone. All methods may be called on any thread, must not block, and must keep the order of each caller's calls.
 *
 * <p>An adapter does on this server what is asked by calling the same method of {@link LocalSockets}, and asks the
 * others to do so; when it hears another server ask, it calls {@link LocalSockets} too. Who asks need not be told that
 * the timeout of its {@link Flags} is over: what comes later is ignored, so that an adapter may forget the question then.
 *
 * <pre>{@code
 * public void join(Target target, Set<String> rooms) {
 *     local.join(target, rooms); // the LocalSockets that the factory was given
 *     bus.publish(new Join(local.namespace(), target, rooms));
 * }
 * }</pre>
 */
public interface Adapter extends AutoCloseable {
    /** Sends an event to the sockets that are meant. */
    void broadcast(SocketPacket.Event event, Target target, Flags flags);

    /** Sends an event to the sockets that are meant and asks each for an acknowledgement. */
    void request(SocketPacket.Event event, Target target, Flags flags, AnswerListener answers);

    /**
     * The names of all servers that have this namespace, this one too, which are heard when all are asked; the empty text
     * for each whose name is not known.
     */
    CompletableFuture<List<String>> servers();

    /**
     * Completes once all that other servers send to these rooms reaches this one, where a socket is joining them: at once,
     * unless rooms are subscribed one by one.
     */
    default CompletionStage<?> hear(Set<String> rooms) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Finds the sockets that are meant, on all servers.
     *
     * @param found is told of each server its name and which ones it has; one that does not answer is silent
     */
    void fetch(Target target, Flags flags, BiConsumer<String, List<SocketDetails>> found);

    /** Has the sockets that are meant join rooms. */
    void join(Target target, Set<String> rooms);

    /** Has the sockets that are meant leave rooms. */
    void leave(Target target, Set<String> rooms);

    /**
     * Disconnects the sockets that are meant.
     *
     * @param close whether their connections are closed too
     */
    void disconnect(Target target, boolean close);

    /**
     * Tells the other servers, not this one.
     *
     * @param arguments the event's name, then its arguments
     */
    void serverSideEmit(JsonArray arguments);

    /**
     * Tells the other servers and asks each for an acknowledgement. One that answers is told as {@link
     * AnswerListener#asked} with 1 and its answer; one that does not is silent.
     */
    void serverSideRequest(JsonArray arguments, Flags flags, AnswerListener answers);

    /** The namespace is gone; called once. Calls that come later, of handlers that still run, must do nothing. */
    @Override
    void close();
}
