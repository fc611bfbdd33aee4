package io.sockeye.server.internal.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockeye.server.adapter.Adapter;
import io.sockeye.server.adapter.Target;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LateAdapterTest {
    private static final Set<String> RED = Set.of("red");

    private final List<String> done = new ArrayList<>();
    private final List<Throwable> reported = new ArrayList<>();
    private final LateAdapter late = new LateAdapter("/a", reported::add);

    /** Notes the names of what it is asked to do; joins as it is told. */
    private Adapter adapter(Runnable join) {
        return (Adapter) Proxy.newProxyInstance(
                Adapter.class.getClassLoader(), new Class<?>[] {Adapter.class}, (proxy, method, args) -> {
                    done.add(method.getName());
                    if (method.getName().equals("join")) {
                        join.run();
                    }
                    return method.getName().equals("servers") ? CompletableFuture.completedFuture(List.of("me")) : null;
                });
    }

    private void then() {
        done.add("then");
    }

    @Test
    void whatWaitsIsDoneInOrderThoughSomeOfItFails() {
        late.leave(Target.ALL, RED);
        late.join(Target.ALL, RED);
        late.disconnect(Target.ALL, true);
        var failure = new IllegalStateException("no room");
        late.made(
                adapter(() -> {
                    throw failure;
                }),
                this::then);
        assertThat(done).containsExactly("leave", "join", "disconnect", "then");
        assertThat(reported).containsExactly(failure);
        late.leave(Target.ALL, RED);
        assertThat(done).endsWith("then", "leave");
    }

    @Test
    void nobodyWaitsWhileTheAdapterIsSlowToDoWhatWaits() {
        late.join(Target.ALL, RED);
        late.made(
                adapter(() -> CompletableFuture.runAsync(() -> late.leave(Target.ALL, RED))
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join()),
                this::then);
        assertThat(reported).isEmpty();
        assertThat(done).containsExactly("join", "leave", "then");
    }

    @Test
    void whoAsksIsAnsweredWhenTheAdapterIsThere() {
        var servers = late.servers();
        assertThat(servers).isNotDone();
        late.made(adapter(() -> {}), this::then);
        assertThat(servers).isCompletedWithValue(List.of("me"));
    }

    @Test
    void whoWaitsForAnAdapterThatCannotBeMadeHearsSo() {
        var servers = late.servers();
        var heard = late.hear(RED).toCompletableFuture();
        late.leave(Target.ALL, RED);
        late.failed();
        assertThat(servers).isCompletedExceptionally();
        assertThat(heard).isCompletedExceptionally();
        assertThat(reported)
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("the adapter of namespace /a could not be made");
        assertThatThrownBy(() -> late.leave(Target.ALL, RED))
                .hasMessage("the adapter of namespace /a could not be made");
    }
}
