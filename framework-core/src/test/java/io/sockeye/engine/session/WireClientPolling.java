package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineCodec;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The client's half of polling in memory: at most one GET and one POST at a time, as thin as a real one should be. */
final class WireClientPolling implements Pausable {
    private final Wire wire;
    private final Client client;
    private final Server server;
    private final int maxPayload;
    private List<EnginePacket> body = new ArrayList<>();
    private boolean getting;
    private boolean posting;
    private boolean paused;
    private boolean closed;
    /** Counts the pauses, so that a cancelled one is not told. */
    private int pauses;

    WireClientPolling(Wire wire, Client client, Server server, int maxPayload) {
        this.wire = wire;
        this.client = client;
        this.server = server;
        this.maxPayload = maxPayload;
    }

    void poll() {
        if (!getting && !paused && !closed) {
            getting = true;
            wire.carry(() -> server.get(this::polled));
        }
    }

    private void polled(Bytes payload) {
        getting = false;
        if (!closed) {
            client.receivePayload(this, payload);
            poll();
            endPause();
        }
    }

    private void flush() {
        if (!body.isEmpty() && !posting) {
            posting = true;
            var payload = EngineCodec.encodePayload(body);
            assertThat(body.size() == 1 || payload.length() <= maxPayload).isTrue();
            body = new ArrayList<>();
            wire.carry(() -> server.post(payload, accepted -> wire.carry(() -> posted(accepted))));
        }
    }

    private void posted(boolean accepted) {
        posting = false;
        if (closed) {
            return;
        }
        if (!accepted) {
            lose();
            return;
        }
        client.ready(this);
        endPause();
    }

    private void lose() {
        closed = true;
        client.lost(this, CloseReason.TRANSPORT_ERROR);
    }

    /** The connections break; what is on its way is lost. */
    void reset() {
        if (!closed) {
            lose();
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
        return !posting && !paused && !closed;
    }

    @Override
    public boolean flushed() {
        return body.isEmpty();
    }

    @Override
    public void write(List<EnginePacket> packets) {
        assertThat(writable()).isTrue();
        if (body.isEmpty()) {
            wire.atTheEndOfTheTurn(this::flush);
        }
        body.addAll(packets);
    }

    @Override
    public void pause() {
        paused = true;
        pauses++;
        endPause();
    }

    /** Tells the end of the pause, now or in a moment. */
    private void endPause() {
        if (!paused || closed || getting || posting || !body.isEmpty()) {
            return;
        }
        int current = pauses;
        Runnable tell = () -> {
            if (paused && current == pauses) {
                client.paused(this);
            }
        };
        if (wire.random().nextBoolean()) {
            tell.run();
        } else {
            wire.atTheEndOfTheTurn(tell);
        }
    }

    @Override
    public void resume() {
        paused = false;
        poll();
    }

    @Override
    public void reading(boolean wanted) {
        throw new UnsupportedOperationException("the wire always reads");
    }

    @Override
    public void close() {
        flush();
        closed = true;
    }

    /** The session above. */
    interface Client {
        void receivePayload(Transport from, Bytes payload);

        void ready(Transport transport);

        void paused(Transport transport);

        void lost(Transport transport, CloseReason reason);
    }

    /** The endpoint that answers requests. */
    interface Server {
        /** @param respond carries the body of the answer */
        void get(Consumer<Bytes> respond);

        /** @param respond gets whether the body was understood */
        void post(Bytes payload, Consumer<Boolean> respond);
    }
}
