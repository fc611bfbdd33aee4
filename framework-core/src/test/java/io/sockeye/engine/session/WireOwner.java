package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Handshake;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.ProtocolException;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The owner of one of two sessions: sends numbered messages and checks that those of the other side come in order. */
final class WireOwner implements ClientListener {
    /** What is done when the session opens. */
    Runnable onOpen = () -> {};

    @Nullable
    CloseReason closeReason;

    int sent;
    int received;
    boolean upgraded;

    private final Random random;
    private boolean stopped;
    private long deadlineMillis = Long.MAX_VALUE;

    WireOwner(Random random) {
        this.random = random;
    }

    /** Sends some messages, together or one by one, as text or binary. */
    void emit(int count, Consumer<List<EnginePacket>> session) {
        while (count > 0 && !stopped) {
            int together = random.nextInt(Math.min(count, 3)) + 1;
            var packets = new EnginePacket[together];
            for (int i = 0; i < together; i++) {
                var data = Bytes.ofUtf8(++sent + ":" + "x".repeat(random.nextInt(20)));
                packets[i] = random.nextInt(4) == 0 ? EnginePacket.binaryMessage(data) : EnginePacket.message(data);
            }
            session.accept(List.of(packets));
            count -= together;
        }
    }

    /** Sends no more: what was sent until now must arrive. */
    void stop() {
        stopped = true;
    }

    long deadlineMillis() {
        return deadlineMillis;
    }

    void setDeadline(long millis) {
        deadlineMillis = millis;
    }

    @Override
    public void onOpen(Handshake handshake) {
        onOpen.run();
    }

    @Override
    public void onMessage(EnginePacket message) {
        assertThat(closeReason).isNull();
        var text = message.data().utf8();
        assertThat(text.substring(0, text.indexOf(':'))).isEqualTo(String.valueOf(++received));
    }

    @Override
    public void onUpgrade(Transport transport) {
        assertThat(upgraded).isFalse();
        upgraded = true;
    }

    @Override
    public void onDeadline(long millis) {
        deadlineMillis = Math.min(deadlineMillis, millis);
    }

    @Override
    public void onProtocolError(ProtocolException error) {
        throw new AssertionError("fault", error);
    }

    @Override
    public void onClose(CloseReason reason) {
        assertThat(closeReason).isNull();
        closeReason = reason;
        deadlineMillis = Long.MAX_VALUE;
    }
}
