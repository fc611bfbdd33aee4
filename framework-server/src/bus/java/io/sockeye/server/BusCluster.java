package io.sockeye.server;

import io.sockeye.server.adapter.Adapter;
import io.sockeye.server.adapter.Cluster;
import io.sockeye.server.adapter.ClusterLog;
import io.sockeye.server.adapter.LocalServer;
import io.sockeye.server.adapter.LocalSockets;
import io.sockeye.server.adapter.SessionClaim;
import io.sockeye.server.adapter.SessionStore;
import io.sockeye.server.adapter.SharedRecovery;
import io.sockeye.server.adapter.StoredSession;
import io.sockeye.server.adapter.Target;
import io.sockeye.bytes.Bytes;
import io.sockeye.json.JsonArray;
import io.sockeye.json.JsonValue;
import io.sockeye.server.host.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One server's part in a cluster whose servers share a log and the sessions of clients that are away, on a {@link Bus}. */
public final class BusCluster implements Cluster, SharedRecovery, ClusterLog, SessionStore {
    private final Bus bus;
    private final String name;
    private final BusLink link;
    /** Completes with false when nobody need wait for the server any longer. */
    private final CompletableFuture<Boolean> gone = new CompletableFuture<>();

    private @Nullable LocalServer server;
    private ClusterLog.@Nullable Reader reader;
    /** Whether it is told of what is appended; as all below, on the bus. */
    private boolean following;

    /** The number of the last entry that it was told of; negative before the first. */
    private long read = -1;
    /** Who waits until it has read all. */
    private final List<Runnable> behind = new ArrayList<>();

    BusCluster(Bus bus, String name, BusLink link) {
        this.bus = bus;
        this.name = name;
        this.link = link;
    }

    String name() {
        return name;
    }

    /** The server is gone from one moment to the next. */
    public void die() {
        link.end();
        bus.leave(this);
    }

    /** On the bus: the server has left. */
    void end() {
        gone.complete(false);
    }

    @Override
    public String node() {
        return (name + "----").substring(0, 4);
    }

    private LocalServer server() {
        return Objects.requireNonNull(server);
    }

    @Override
    public void start(LocalServer started) {
        server = started;
        bus.join(this);
    }

    @Override
    public Adapter create(LocalSockets sockets) {
        return bus.member(name).create(sockets);
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
        link.send(() -> bus.follow(this));
    }

    /** On the bus. */
    void follow(long beforeLog, List<Appended> log) {
        following = true;
        if (read < beforeLog) {
            read = beforeLog;
            link.tell(() -> Objects.requireNonNull(reader).begin(Bus.offset(beforeLog)));
        }
        log.forEach(this::appended);
        behind.forEach(Runnable::run);
        behind.clear();
    }

    /** On the bus. */
    void pause() {
        following = false;
    }

    /** On the bus. */
    void appended(Appended message) {
        if (following && message.number() > read) {
            read = message.number();
            link.tell(() -> read(message));
        }
    }

    @Override
    public CompletionStage<?> append(Entry entry) {
        var text = written(entry);
        return link.ask(() -> {
            bus.append(this, entry, text);
            return true;
        });
    }

    @Override
    public CompletionStage<?> caughtUp() {
        var all = new CompletableFuture<Boolean>();
        link.ask(() -> {
                    Runnable answer = () -> link.tell(() -> all.complete(true));
                    if (following) {
                        answer.run();
                    } else {
                        behind.add(answer);
                    }
                    return true;
                })
                .exceptionally(all::completeExceptionally);
        return all;
    }

    /** A message of the log, as text or, on the server that appended it, as the very entry. */
    record Appended(long number, BusCluster by, Entry entry, Text text) {}

    /** What is on its way as text, and its attachments: no object of a server is shared. */
    record Text(Bytes raw, List<Bytes> attachments) {}

    private void read(Appended appended) {
        var entry = appended.by() == this ? appended.entry() : entry(appended.text());
        Objects.requireNonNull(reader).read(Bus.offset(appended.number()), entry);
    }

    private Text text(List<?> values) {
        var array = server().json().array(values);
        return new Text(array.raw(), array.attachments());
    }

    private Text written(Entry entry) {
        var target = entry.target();
        var all = new ArrayList<Object>(List.of(entry.getClass().getSimpleName(), entry.namespace()));
        all.addAll(List.of(target.rooms(), target.except()));
        if (entry instanceof Emitted emitted) {
            all.add(emitted.compress());
            all.addAll(values(emitted.arguments()));
        } else if (entry instanceof Moved moved) {
            all.addAll(List.of(moved.joins(), moved.rooms()));
        } else {
            all.add(((Ended) entry).close());
        }
        return text(all);
    }

    private static List<JsonValue> values(JsonArray array) {
        return IntStream.range(0, array.size()).mapToObj(array::value).toList();
    }

    private Entry entry(Text text) {
        var array = server().json().readArray(text.raw(), text.attachments());
        var namespace = array.get(1, String.class);
        var target = new Target(Set.of(array.get(2, String[].class)), Set.of(array.get(3, String[].class)));
        boolean flag = array.get(4, boolean.class);
        return switch (array.get(0, String.class)) {
            case "Emitted" -> new Emitted(namespace, target, array.from(5), flag);
            case "Moved" -> new Moved(namespace, target, Set.of(array.get(5, String[].class)), flag);
            default -> new Ended(namespace, target, flag);
        };
    }

    @Override
    public CompletionStage<?> park(StoredSession session, Duration time) {
        var text = text(List.of(session));
        return link.ask(() -> {
            bus.park(session.pid(), text, time);
            return true;
        });
    }

    @Override
    public CompletionStage<Optional<StoredSession>> take(String pid, Predicate<StoredSession> wanted) {
        return link.ask(() -> {
            var text = bus.parked(pid);
            var found = Optional.ofNullable(text).map(this::session).filter(wanted);
            found.ifPresent(session -> bus.take(pid));
            return found;
        });
    }

    private StoredSession session(Text text) {
        return server().json().readArray(text.raw(), text.attachments()).get(0, StoredSession.class);
    }

    @Override
    public CompletionStage<Boolean> release(SessionClaim claim) {
        var answer = new CompletableFuture<Boolean>();
        link.send(() -> bus.release(this, claim).thenAccept(released -> link.tell(() -> answer.complete(released))));
        return answer;
    }

    @Override
    public boolean forward(String owner, Exchange exchange) {
        return bus.forward(link, owner, exchange);
    }

    /** Has this server answer what another one received. */
    BusForward answer(BusLink front, Exchange exchange) {
        return BusForward.start(front, link, server(), exchange);
    }

    /** On the bus: another server wants a session. A server that is gone gives none. */
    CompletableFuture<Boolean> releaseHere(SessionClaim claim) {
        var answer = new CompletableFuture<Boolean>();
        link.tell(() -> server().release(claim).thenAccept(released -> link.send(() -> answer.complete(released))));
        gone.thenAccept(answer::complete);
        return answer;
    }
}
