package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.EngineCodec;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server's half of polling in memory. */
final class WireServerPolling implements Transport {
    private final Wire wire;
    private List<EnginePacket> answer = new ArrayList<>();
    /** Answers the GET that waits. */
    private @Nullable Consumer<Bytes> poll;

    WireServerPolling(Wire wire, Consumer<Bytes> handshake) {
        this.wire = wire;
        this.poll = handshake;
    }

    void poll(Consumer<Bytes> respond) {
        assertThat(poll).as("a second poll").isNull();
        poll = respond;
    }

    /** The connection of the GET breaks. */
    void abort() {
        poll = null;
        answer.clear();
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
    public boolean writable() {
        return poll != null;
    }

    @Override
    public boolean flushed() {
        return answer.isEmpty();
    }

    @Override
    public void write(List<EnginePacket> packets) {
        assertThat(writable()).isTrue();
        if (answer.isEmpty()) {
            wire.atTheEndOfTheTurn(this::flush);
        }
        answer.addAll(packets);
    }

    private void flush() {
        var respond = poll;
        if (respond != null && !answer.isEmpty()) {
            var body = EngineCodec.encodePayload(answer);
            answer = new ArrayList<>();
            poll = null;
            wire.carry(() -> respond.accept(body));
        }
    }

    @Override
    public void reading(boolean wanted) {
        throw new UnsupportedOperationException("the wire always reads");
    }

    @Override
    public void close() {
        if (poll != null && answer.isEmpty()) {
            write(List.of(EnginePacket.NOOP));
        }
        flush();
    }
}
