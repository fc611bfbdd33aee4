package io.sockeye.server.internal.namespace;

import io.sockeye.json.JsonArray;
import io.sockeye.protocol.SocketPacket;
import io.sockeye.server.adapter.Adapter;
import io.sockeye.server.adapter.AnswerListener;
import io.sockeye.server.adapter.Flags;
import io.sockeye.server.adapter.SocketDetails;
import io.sockeye.server.adapter.Target;
import java.util.ArrayDeque;
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
 * Any thread; the adapter is called while no lock is held.
 */
final class LateAdapter implements Adapter {
    private final String namespace;
    /** Told what the adapter throws when it does what has waited, since who asked is gone. */
    private final Consumer<Throwable> report;
    /** What waits, in order; guarded by this. */
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    /** Null as long as something waits or it is being made; guarded by this. */
    private @Nullable Adapter made;
    /** Whether it could not be made; guarded by this. */
    private boolean failed;

    LateAdapter(String namespace, Consumer<Throwable> report) {
        this.namespace = namespace;
        this.report = report;
    }

    /**
     * The adapter is there and does what waits. What is asked meanwhile waits behind that.
     *
     * @param then runs once nothing waits, before anything else can be asked
     */
    void made(Adapter adapter, Runnable then) {
        for (var next = nextOr(adapter, then); next != null; next = nextOr(adapter, then)) {
            try {
                next.action().accept(adapter);
            } catch (Throwable e) {
                next.failed().accept(e);
            }
        }
    }

    private synchronized @Nullable Call nextOr(Adapter adapter, Runnable then) {
        var next = waiting.poll();
        if (next == null) {
            made = adapter;
            then.run();
        }
        return next;
    }

    /** The adapter could not be made: whoever has the namespace already has no use of it. */
    void failed() {
        List<Call> lost;
        synchronized (this) {
            failed = true;
            lost = List.copyOf(waiting);
            waiting.clear();
        }
        lost.forEach(call -> call.failed().accept(notMade()));
    }

    private IllegalStateException notMade() {
        return new IllegalStateException("the adapter of namespace " + namespace + " could not be made");
    }

    private void call(Consumer<Adapter> action) {
        call(new Call(action, report));
    }

    private void call(Call call) {
        var adapter = madeOrWait(call);
        if (adapter != null) {
            call.action().accept(adapter);
        }
    }

    private synchronized @Nullable Adapter madeOrWait(Call call) {
        if (failed) {
            throw notMade();
        }
        if (made == null) {
            waiting.add(call);
        }
        return made;
    }

    /** What is asked of the adapter completes when it is there and has answered. */
    private <T> CompletableFuture<T> ask(Function<Adapter, CompletionStage<T>> question) {
        var answer = new CompletableFuture<T>();
        call(new Call(
                adapter -> question.apply(adapter).whenComplete((value, failure) -> {
                    if (failure == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                }),
                answer::completeExceptionally));
        return answer;
    }

    @Override
    public void broadcast(SocketPacket.Event event, Target target, Flags flags) {
        call(adapter -> adapter.broadcast(event, target, flags));
    }

    @Override
    public void request(SocketPacket.Event event, Target target, Flags flags, AnswerListener answers) {
        call(adapter -> adapter.request(event, target, flags, answers));
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

    /**
     * What waits for the adapter.
     *
     * @param failed told what it throws, or that it could not be made
     */
    private record Call(Consumer<Adapter> action, Consumer<Throwable> failed) {}
}
