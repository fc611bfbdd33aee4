package io.sockeye.server.internal.namespace;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.event.Rejection;
import io.sockeye.json.JsonArray;
import io.sockeye.json.Peer;
import io.sockeye.server.Answers;
import io.sockeye.server.adapter.AnswerListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Collects the acknowledgements of one broadcast. Any thread. */
public final class AnswerCollector implements AnswerListener, Collector {
    /** What there is where nobody was asked. */
    static final Answers NONE = new Answers(List.of(), List.of(), 0, 0, List.of());

    private final Peer answering;
    private final Consumer<Supplier<Answers>> whenComplete;
    private final List<Args> values = new ArrayList<>();
    private final ExpectedServers servers = new ExpectedServers();
    /** By the servers' names. */
    private final Map<String, Count> counts = new HashMap<>();

    private boolean done;

    /**
     * @param answering whose fault it is if an answer cannot be read
     * @param whenComplete called once, perhaps on an event loop, where answers must not be read
     */
    public AnswerCollector(Peer answering, Consumer<Supplier<Answers>> whenComplete) {
        this.answering = answering;
        this.whenComplete = whenComplete;
    }

    @Override
    public synchronized void servers(List<String> names) {
        servers.expect(names);
        completeIfDone();
    }

    @Override
    public synchronized void serversUnknown() {
        servers.expectAny();
        completeIfDone();
    }

    @Override
    public synchronized void gone(String server) {
        servers.leave(server);
        completeIfDone();
    }

    @Override
    public synchronized void asked(String server, int sockets) {
        if (servers.hear(server)) {
            count(server).asked += sockets;
            completeIfDone();
        }
    }

    @Override
    public synchronized void answered(String server, JsonArray arguments) {
        if (!done) {
            count(server).answered++;
            values.add(new Args(arguments.sentBy(answering).asAnswer(), Ack.NONE));
            completeIfDone();
        }
    }

    @Override
    public synchronized void lost(String server) {
        count(server).lost++;
        completeIfDone();
    }

    private Count count(String server) {
        return counts.computeIfAbsent(server, key -> new Count());
    }

    @Override
    public synchronized void expire() {
        complete();
    }

    private void completeIfDone() {
        if (servers.isComplete()
                && counts.entrySet().stream()
                        .allMatch(each -> each.getValue().isDone() || servers.isGone(each.getKey()))) {
            complete();
        }
    }

    private void complete() {
        if (!done) {
            done = true;
            int missing = counts.values().stream().mapToInt(Count::missing).sum();
            int silent = servers.silent();
            var silentNames = servers.silentNames();
            var arrived = List.copyOf(values);
            whenComplete.accept(() -> answers(arrived, missing, silent, silentNames));
        }
    }

    /** Tells rejections from other acknowledgements; not on an event loop. */
    private static Answers answers(List<Args> arrived, int missing, int silent, List<String> silentNames) {
        var values = new ArrayList<Args>();
        var rejections = new ArrayList<Rejection>();
        for (var args : arrived) {
            Rejection.in(args).ifPresentOrElse(rejections::add, () -> values.add(args));
        }
        return new Answers(values, rejections, missing, silent, silentNames);
    }

    /** What is known of the sockets of one server. */
    private static final class Count {
        private int asked;
        private int answered;
        private int lost;

        private boolean isDone() {
            return answered + lost >= asked;
        }

        private int missing() {
            return Math.max(lost, asked - answered);
        }
    }
}
