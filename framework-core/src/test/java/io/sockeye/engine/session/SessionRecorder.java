package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.Handshake;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An owner that records what its session tells it, and never hears of a session that has ended. */
final class SessionRecorder implements ClientListener {
    /** What the owner does with a message, beyond recording it. */
    Consumer<EnginePacket> onMessage = message -> {};

    /** When the owner would call {@code tick} next. */
    long deadlineMillis = Long.MAX_VALUE;

    @Nullable
    CloseReason closeReason;

    private final List<String> out;

    SessionRecorder(List<String> out) {
        this.out = out;
    }

    private void record(String call) {
        assertThat(closeReason).as("closed before: " + call).isNull();
        out.add(call);
    }

    @Override
    public void onOpen(Handshake handshake) {
        record("opened " + handshake.sid());
    }

    @Override
    public void onMessage(EnginePacket message) {
        record((message.binary() ? "binary " : "message ") + message.data().utf8());
        onMessage.accept(message);
    }

    @Override
    public void onUpgrade(Transport transport) {
        record("upgraded to " + transport.kind().wireName());
    }

    @Override
    public void onDeadline(long deadlineMillis) {
        assertThat(closeReason).as("closed before a deadline").isNull();
        this.deadlineMillis = Math.min(this.deadlineMillis, deadlineMillis);
    }

    @Override
    public void onProtocolError(ProtocolException error) {
        record("fault: " + error.getMessage());
    }

    @Override
    public void onClose(CloseReason reason) {
        record("closed: " + reason.text());
        closeReason = reason;
    }
}
