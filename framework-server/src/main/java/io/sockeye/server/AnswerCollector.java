package io.sockeye.server;

import io.sockeye.event.Ack;
import io.sockeye.event.Args;
import io.sockeye.json.JsonArray;
import io.sockeye.socket.PendingAck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects the acknowledgements of one broadcast from all shards. Any thread. */
final class AnswerCollector implements PendingAck {
    private final Consumer<Answers> whenComplete;
    private final List<Args> values = new ArrayList<>();
    private int shardsLeft;
    private int expected;
    private int missing;

    AnswerCollector(int shards, Consumer<Answers> whenComplete) {
        this.shardsLeft = shards;
        this.whenComplete = whenComplete;
        completeIfDone();
    }

    synchronized void expectOneMore() {
        expected++;
    }

    synchronized void shardDone() {
        shardsLeft--;
        completeIfDone();
    }

    @Override
    public synchronized void answered(JsonArray arguments) {
        values.add(new Args(arguments, Ack.NONE));
        completeIfDone();
    }

    @Override
    public synchronized void timedOut() {
        missing++;
        completeIfDone();
    }

    @Override
    public synchronized void disconnected() {
        missing++;
        completeIfDone();
    }

    private void completeIfDone() {
        if (shardsLeft == 0 && values.size() + missing == expected) {
            whenComplete.accept(new Answers(values, missing));
        }
    }
}
