package io.sockeye.testbed.simulation;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineCodec;
import io.sockeye.engine.session.Pausable;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Long polling as a client does it: one GET that waits, and one POST at a time. */
final class ClientPolling implements Pausable {
    private static final int OK = 200;

    private final ClientConnection owner;
    private State state = State.OPEN;
    private boolean reading = true;
    private @Nullable ClientHttp poll;
    private @Nullable ClientHttp post;
    private List<EnginePacket> body = new ArrayList<>();

    ClientPolling(ClientConnection owner) {
        this.owner = owner;
    }

    void poll() {
        if (state == State.OPEN && poll == null && reading) {
            poll = owner.call("GET", Bytes.EMPTY, this::polled);
        }
    }

    private void polled(Message.@Nullable Response answer) {
        poll = null;
        if (state == State.CLOSED) {
            return;
        }
        if (answer == null || answer.status() != OK) {
            fail();
            return;
        }
        owner.session().receivePayload(this, answer.body(), owner.nowMillis());
        restIfDone();
        poll();
    }

    private void fail() {
        state = State.CLOSED;
        cancelPoll();
        owner.session().transportClosed(this, CloseReason.TRANSPORT_ERROR);
    }

    private void cancelPoll() {
        if (poll != null) {
            poll.end();
        }
    }

    @Override
    public TransportKind kind() {
        return TransportKind.POLLING;
    }

    @Override
    public boolean closesByPacket() {
        return true;
    }

    @Override
    public boolean collects() {
        return true;
    }

    @Override
    public boolean carriesBinary() {
        return false;
    }

    @Override
    public boolean writable() {
        return state == State.OPEN && post == null;
    }

    @Override
    public boolean flushed() {
        return body.isEmpty() && post == null;
    }

    @Override
    public void write(List<EnginePacket> packets) {
        if (!writable()) {
            throw new Violation("a client's polling was written to while it was not writable");
        }
        if (body.isEmpty()) {
            owner.later(this::flush);
        }
        body.addAll(packets);
    }

    private void flush() {
        if (!body.isEmpty() && post == null) {
            var payload = EngineCodec.encodePayload(body);
            body = new ArrayList<>();
            post = owner.call("POST", payload, this::posted);
        }
    }

    private void posted(Message.@Nullable Response answer) {
        post = null;
        if (state == State.CLOSED) {
            flush();
            if (post == null) {
                cancelPoll();
            }
            return;
        }
        if (answer == null || answer.status() != OK) {
            fail();
            return;
        }
        restIfDone();
        if (writable()) {
            owner.session().transportReady(this);
        }
    }

    @Override
    public void pause() {
        state = State.PAUSING;
        flush();
        restIfDone();
    }

    private void restIfDone() {
        if (state == State.PAUSING && poll == null && flushed()) {
            state = State.PAUSED;
            owner.session().transportPaused(this);
        }
    }

    @Override
    public void resume() {
        if (state != State.CLOSED) {
            state = State.OPEN;
            poll();
        }
    }

    @Override
    public void reading(boolean wanted) {
        reading = wanted;
        poll();
    }

    @Override
    public void close() {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            flush();
            if (post == null) {
                cancelPoll();
            }
        }
    }

    private enum State {
        OPEN,
        PAUSING,
        PAUSED,
        CLOSED
    }
}
