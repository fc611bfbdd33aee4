package io.sockeye.server.internal.namespace;

import io.sockeye.json.Peer;
import io.sockeye.server.Answers;
import io.sockeye.server.FetchedSockets;
import io.sockeye.server.adapter.AnswerListener;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the servers of one namespace and of their sockets. Nobody waits for longer than a timeout, nor than
 * the namespace is there. Any thread.
 */
public final class Questions {
    private final LocalNamespace namespace;
    private final NamespaceParts server;
    /** Those that wait. */
    private final Set<Collector> open = ConcurrentHashMap.newKeySet();

    Questions(LocalNamespace namespace, NamespaceParts server) {
        this.namespace = namespace;
        this.server = server;
    }

    /**
     * Collects acknowledgements.
     *
     * @param answering whose fault it is if an answer cannot be read
     * @param servers those that are to be heard
     */
    CompletableFuture<Answers> ask(
            Peer answering,
            Duration timeout,
            CompletableFuture<List<String>> servers,
            Consumer<AnswerListener> question) {
        return collect(whenComplete -> new AnswerCollector(answering, whenComplete), timeout, servers, question);
    }

    /** Collects sockets; see {@link #ask}. */
    CompletableFuture<FetchedSockets> find(
            Duration timeout, CompletableFuture<List<String>> servers, Consumer<SocketCollector> question) {
        return collect(whenComplete -> new SocketCollector(namespace, whenComplete), timeout, servers, question);
    }

    private <T, C extends Collector> CompletableFuture<T> collect(
            Function<Consumer<Supplier<T>>, C> collecting,
            Duration timeout,
            CompletableFuture<List<String>> servers,
            Consumer<? super C> question) {
        var future = new CompletableFuture<T>();
        var mailbox = server.context().replyMailbox();
        var collector = collecting.apply(result -> mailbox.post(() -> future.complete(result.get())));
        open.add(collector);
        var cancel = server.context().after(timeout, collector::expire);
        future.whenComplete((result, failure) -> {
            open.remove(collector);
            cancel.run();
        });
        servers.whenComplete((names, failure) -> expect(collector, names, failure));
        question.accept(collector);
        if (server.loops().running().isEmpty()) { // Nobody is here to wait: the server does not run.
            collector.expire();
        }
        return future;
    }

    private void expect(Collector collector, @Nullable List<String> servers, @Nullable Throwable failure) {
        if (servers != null) {
            collector.servers(servers);
            return;
        }
        collector.serversUnknown();
        if (failure != null) {
            server.context().calls().report(failure, "servers of namespace " + namespace.name());
        }
    }

    /** How many wait. */
    public int size() {
        return open.size();
    }

    /** That server does not answer any more. */
    void gone(String server) {
        open.forEach(each -> each.gone(server));
    }

    /** Nobody answers any more. */
    void close() {
        open.forEach(Collector::expire);
    }
}
