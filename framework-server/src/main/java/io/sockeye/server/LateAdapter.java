package io.sockeye.server;

import io.sockeye.json.JsonArray;
import io.sockeye.socket.SocketPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an adapter that is being made: keeps what it is asked to do until that one is there, so that nobody waits.
 * Any thread; guarded by itself.
 */
final class LateAdapter implements Adapter {
    private final String namespace;
    /** What waits, in order. */
    private final List<Consumer<Adapter>> waiting = new ArrayList<>();
    /** Null while it is being made. */
    private @Nullable Adapter made;
    /** Whether it could not be made. */
    private boolean failed;

    LateAdapter(String namespace) {
        this.namespace = namespace;
    }

    /**
     * The adapter is there and does what waits.
     *
     * @param then runs before anything else can be asked
     */
    synchronized void made(Adapter adapter, Runnable then) {
        waiting.forEach(call -> call.accept(adapter));
        waiting.clear();
        made = adapter;
        then.run();
    }

    /** The adapter could not be made: whoever has the namespace already has no use of it. */
    synchronized void failed() {
        waiting.clear();
        failed = true;
    }

    private synchronized void call(Consumer<Adapter> call) {
        if (made != null) {
            call.accept(made);
        } else if (failed) {
            throw new IllegalStateException("the adapter of namespace " + namespace + " could not be made");
        } else {
            waiting.add(call);
        }
    }

    @Override
    public void broadcast(SocketPacket.Event event, Target target, Flags flags) {
        call(adapter -> adapter.broadcast(event, target, flags));
    }

    @Override
    public void request(SocketPacket.Event event, Target target, Flags flags, AnswerListener answers) {
        call(adapter -> adapter.request(event, target, flags, answers));
    }

    /** What is asked of the adapter completes when it is there and has answered. */
    private <T> CompletableFuture<T> ask(Function<Adapter, CompletionStage<T>> question) {
        var answer = new CompletableFuture<T>();
        call(adapter -> question.apply(adapter).whenComplete((value, failure) -> {
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        }));
        return answer;
    }

    @Override
    public CompletableFuture<List<String>> servers() {
        return ask(Adapter::servers);
    }

    @Override
    public CompletionStage<?> hear(Set<String> rooms) {
        return ask(adapter -> adapter.hear(rooms).thenApply(heard -> true));
    }

    @Override
    public void fetch(Target target, Flags flags, BiConsumer<String, List<SocketDetails>> found) {
        call(adapter -> adapter.fetch(target, flags, found));
    }

    @Override
    public void join(Target target, Set<String> rooms) {
        call(adapter -> adapter.join(target, rooms));
    }

    @Override
    public void leave(Target target, Set<String> rooms) {
        call(adapter -> adapter.leave(target, rooms));
    }

    @Override
    public void disconnect(Target target, boolean close) {
        call(adapter -> adapter.disconnect(target, close));
    }

    @Override
    public void serverSideEmit(JsonArray arguments) {
        call(adapter -> adapter.serverSideEmit(arguments));
    }

    @Override
    public void serverSideRequest(JsonArray arguments, Flags flags, AnswerListener answers) {
        call(adapter -> adapter.serverSideRequest(arguments, flags, answers));
    }

    @Override
    public void close() {
        call(Adapter::close);
    }
}
