package io.sockeye.testbed.simulation;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request of a client, on a connection of its own. */
final class HttpCall implements Wire.End {
    private final Wire wire;
    /** Told of the answer, or of null if there is none. */
    private final Consumer<Message.@Nullable Response> done;

    private boolean over;

    HttpCall(Wire wire, Message.Request request, Consumer<Message.@Nullable Response> done) {
        this.wire = wire;
        this.done = done;
        wire.client(this);
        wire.up().send(request);
    }

    @Override
    public void receive(Message message) {
        if (over) {
            return;
        }
        over = true;
        wire.halfClose(true);
        done.accept(message instanceof Message.Response response ? response : null);
    }

    /** Does not wait for the answer any more. */
    void cancel() {
        if (!over) {
            over = true;
            wire.halfClose(true);
        }
    }
}
