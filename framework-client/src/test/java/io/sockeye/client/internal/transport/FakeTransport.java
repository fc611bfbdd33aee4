package io.sockeye.client.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sockeye.bytes.Bytes;
import io.sockeye.engine.Transport;
import io.sockeye.engine.session.Pausable;
import io.sockeye.protocol.CloseReason;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;

/** A transport whose server is the test. */
public class FakeTransport implements Transport {
    /** What was written: text with its digit, binary as {@code b} and its text. */
    public final List<String> written = new ArrayList<>();
    /** Whether the server is listened to. */
    public boolean reading = true;

    private final TransportKind kind;
    private final TransportOwner owner;
    public boolean writable = true;
    public boolean closed;
    /** Called when something is written. */
    public Runnable onWrite = () -> {};

    FakeTransport(TransportKind kind, TransportOwner owner) {
        this.kind = kind;
        this.owner = owner;
    }

    TransportOwner owner() {
        return owner;
    }

    /** The server sends a text frame. */
    public void receive(String frame) {
        deliver(Bytes.wrap(frame.getBytes(UTF_8)), false);
    }

    /** The server sends a frame of any kind. */
    public void deliver(Bytes frame, boolean binary) {
        owner.execute(() -> owner.receiveFrame(this, frame, binary));
    }

    /** The connection breaks. */
    public void breakDown() {
        fail(TransportFailure.Kind.CONNECTION_LOST, "Connection reset");
    }

    public void fail(TransportFailure.Kind why, String message) {
        closed = true;
        owner.execute(() ->
                owner.transportClosed(this, CloseReason.TRANSPORT_ERROR, new TransportFailure(why, message, null)));
    }

    public void ready() {
        writable = true;
        owner.execute(() -> owner.transportReady(this));
    }

    /** What was written since the last call. */
    public List<String> take() {
        var taken = List.copyOf(written);
        written.clear();
        return taken;
    }

    @Override
    public TransportKind kind() {
        return kind;
    }

    @Override
    public boolean closesByPacket() {
        return kind == TransportKind.POLLING;
    }

    @Override
    public boolean collects() {
        return kind == TransportKind.POLLING;
    }

    @Override
    public boolean carriesBinary() {
        return kind != TransportKind.POLLING;
    }

    @Override
    public boolean writable() {
        return writable && !closed;
    }

    @Override
    public boolean flushed() {
        return true;
    }

    @Override
    public void write(List<EnginePacket> packets) {
        onWrite.run();
        for (var packet : packets) {
            var head =
                    packet.binary() ? "b" : String.valueOf((char) packet.type().digit());
            written.add(head + packet.data().utf8());
        }
    }

    @Override
    public void reading(boolean wanted) {
        reading = wanted;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** One that can make way for a better one. */
    static final class Polling extends FakeTransport implements Pausable {
        Polling(TransportOwner owner) {
            super(TransportKind.POLLING, owner);
        }

        @Override
        public void pause() {
            owner().execute(() -> owner().transportPaused(this));
        }

        @Override
        public void resume() {}
    }
}
