package io.sockeye.testbed.simulation;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client's end of an HTTP connection: it carries one request after another. */
final class ClientHttp implements Wire.End {
    private final ServerPlace server;
    private final Wire wire;
    /** Whether it goes on after its first answer. */
    private final boolean kept;
    /** Told of the answer, or of null if there is none; null itself while nothing is asked. */
    private @Nullable Consumer<Message.@Nullable Response> waiting;

    private boolean ended;

    ClientHttp(ServerPlace server, Wire wire, boolean kept) {
        this.server = server;
        this.wire = wire;
        this.kept = kept;
        wire.client(this);
    }

    boolean ended() {
        return ended;
    }

    boolean isIdle() {
        return !ended && waiting == null;
    }

    boolean leadsTo(ServerPlace place) {
        return server == place;
    }

    void send(Message.Request request, Consumer<Message.@Nullable Response> done) {
        waiting = done;
        wire.up().send(request);
    }

    @Override
    public void receive(Message message) {
        var done = waiting;
        waiting = null;
        var response = message instanceof Message.Response answer ? answer : null;
        if (response == null || !kept) {
            end();
        }
        if (done != null) {
            done.accept(response);
        }
    }

    /** Does not wait for the answer any more. */
    void end() {
        waiting = null;
        if (!ended) {
            ended = true;
            wire.halfClose(true);
        }
    }
}
