package io.sockeye.testbed.simulation;

import io.sockeye.server.Adapter;
import io.sockeye.server.Cluster;
import io.sockeye.server.ClusterLog;
import io.sockeye.server.LocalServer;
import io.sockeye.server.LocalSockets;
import io.sockeye.server.SessionClaim;
import io.sockeye.server.SessionStore;
import io.sockeye.server.SharedRecovery;
import io.sockeye.server.StoredSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One server's part in a cluster. */
final class BusMember implements Cluster, SharedRecovery, ClusterLog, SessionStore {
    private final SimulatedBus bus;
    private final String node;
    private final Lane there;
    private final Lane back;
    private final Map<String, LocalSockets> namespaces = new LinkedHashMap<>();
    /** What other servers have asked this one. */
    private final List<CompletableFuture<Boolean>> asked = new ArrayList<>();

    private @Nullable LocalServer server;
    private ClusterLog.@Nullable Reader reader;

    BusMember(SimulatedBus bus, Schedule schedule, SplittableRandom random) {
        this.bus = bus;
        this.node = bus.nextNode();
        this.there = new Lane(schedule, random.split());
        this.back = new Lane(schedule, random.split());
    }

    /** The server is gone. */
    void die() {
        there.close();
        back.close();
        bus.leave(this);
        asked.forEach(answer -> answer.complete(false));
    }

    /** On the bus: this server hears of something later. */
    void tell(Runnable what) {
        back.carry(what);
    }

    private <T> CompletableFuture<T> ask(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        there.carry(() -> {
            T value = question.get();
            back.carry(() -> answer.complete(value));
        });
        return answer;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public void start(LocalServer started) {
        server = started;
        bus.join(this);
    }

    @Override
    public Adapter create(LocalSockets sockets) {
        namespaces.put(sockets.namespace(), sockets);
        return new BusAdapter(this, sockets);
    }

    void publish(String namespace, Consumer<LocalSockets> what) {
        there.carry(() -> bus.publish(this, other -> other.hear(namespace, what)));
    }

    private void hear(String namespace, Consumer<LocalSockets> what) {
        var sockets = namespaces.get(namespace);
        if (sockets != null) {
            what.accept(sockets);
        }
    }

    @Override
    public SharedRecovery recovery() {
        return this;
    }

    @Override
    public void close() {
        bus.leave(this);
    }

    @Override
    public ClusterLog log() {
        return this;
    }

    @Override
    public SessionStore sessions() {
        return this;
    }

    @Override
    public void start(Reader started) {
        reader = started;
        started.begin("");
        bus.log().forEach(this::read);
    }

    void read(SimulatedBus.Appended appended) {
        Objects.requireNonNull(reader).read(appended.offset(), appended.entry());
    }

    @Override
    public CompletionStage<?> append(Entry entry) {
        return ask(() -> {
            bus.append(this, entry);
            return true;
        });
    }

    @Override
    public CompletionStage<?> caughtUp() {
        return ask(() -> true);
    }

    @Override
    public CompletionStage<?> park(StoredSession session, Duration time) {
        return ask(() -> {
            bus.park(session, time);
            return true;
        });
    }

    @Override
    public CompletionStage<Optional<StoredSession>> take(String pid, Predicate<StoredSession> wanted) {
        return ask(() -> {
            var found = Optional.ofNullable(bus.parked(pid)).filter(wanted);
            found.ifPresent(session -> bus.take(pid));
            return found;
        });
    }

    @Override
    public CompletionStage<Boolean> release(SessionClaim claim) {
        var answer = new CompletableFuture<Boolean>();
        there.carry(() -> bus.release(this, claim).thenAccept(released -> back.carry(() -> answer.complete(released))));
        return answer;
    }

    /** On the bus: another server wants a session. A server that is gone gives none. */
    CompletableFuture<Boolean> ask(SessionClaim claim) {
        var answer = new CompletableFuture<Boolean>();
        asked.add(answer);
        back.carry(() -> Objects.requireNonNull(server)
                .release(claim)
                .thenAccept(released -> there.carry(() -> answer.complete(released))));
        return answer;
    }
}
