package io.sockeye.server;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.json.JsonArray;
import io.sockeye.json.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Collects the acknowledgements of one broadcast. Any thread. */
final class AnswerCollector implements AnswerListener, Collector {
    private static final int UNKNOWN = -1;

    private final Consumer<Supplier<Answers>> whenComplete;
    private final List<Args> values = new ArrayList<>();
    /** Those of the cluster. */
    private int servers = UNKNOWN;
    /** Those that said whom they asked. */
    private int heard;

    private int asked;
    private int lost;
    private boolean done;
    /** How many servers are silent at least. */
    private int unknown;

    /** @param whenComplete called once, perhaps on an event loop, where what clients answered must not be read */
    AnswerCollector(Consumer<Supplier<Answers>> whenComplete) {
        this.whenComplete = whenComplete;
    }

    @Override
    public synchronized void servers(int count) {
        servers = count;
        completeIfDone();
    }

    @Override
    public synchronized void serversUnknown() {
        unknown = 1;
        servers(1);
    }

    @Override
    public synchronized void asked(int sockets) {
        heard++;
        asked += sockets;
        completeIfDone();
    }

    @Override
    public synchronized void answered(JsonArray arguments) {
        if (!done) {
            values.add(new Args(arguments.sentBy(Peer.CLIENT), Ack.NONE));
            completeIfDone();
        }
    }

    @Override
    public synchronized void lost() {
        lost++;
        completeIfDone();
    }

    @Override
    public synchronized void expire() {
        complete(servers == UNKNOWN ? 1 : Math.max(0, servers - heard));
    }

    private void completeIfDone() {
        if (servers != UNKNOWN && heard >= servers && values.size() + lost >= asked) {
            complete(0);
        }
    }

    private void complete(int silentServers) {
        if (!done) {
            done = true;
            int missing = Math.max(lost, asked - values.size());
            int silent = Math.max(unknown, silentServers);
            var arrived = List.copyOf(values);
            whenComplete.accept(() -> Answers.of(arrived, missing, silent));
        }
    }
}
