package io.sockeye.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.engine.Framing;
import io.sockeye.engine.Transport;
import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.List;

/** Records what is written to it in the bytes of the wire; refuses what the contract of transports forbids. */
final class FakeTransport implements Transport {
    /** Whether it takes bytes, as a waiting poll or an open connection does. */
    boolean writable = true;

    /** Whether it has sent what was written; each write makes it false until the test says otherwise. */
    boolean flushed = true;

    /** What it speaks; that of revision 4 unless the test says otherwise. */
    Framing framing = Framing.revision4();

    /** Whether each write fails, as without memory. */
    boolean failing;

    /** Whether its end fails, as without memory for a last word. */
    boolean failsToClose;

    /** How many bytes it takes of one message or body. */
    int limit = -1;

    /** Whether it was told that what it has brought breaks the protocol. */
    boolean refused;

    private final String name;
    private final TransportKind kind;
    private final List<String> out;
    private boolean closed;
    private boolean hungUp;

    FakeTransport(TransportKind kind, List<String> out) {
        this(kind.wireName(), kind, out);
    }

    FakeTransport(String name, TransportKind kind, List<String> out) {
        this.name = name;
        this.kind = kind;
        this.out = out;
    }

    /** Whether nobody waits for the peer's end. */
    boolean hungUp() {
        return hungUp;
    }

    @Override
    public void hangUp() {
        hungUp = true;
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
    public Framing framing() {
        return framing;
    }

    @Override
    public boolean writable() {
        return writable && !closed;
    }

    @Override
    public boolean flushed() {
        return flushed;
    }

    @Override
    public void write(List<EnginePacket> packets) {
        assertThat(writable()).as(name + " is writable").isTrue();
        if (failing) {
            throw new IllegalStateException("no memory");
        }
        flushed = false;
        out.add(name + " " + framing.payload(packets).body().utf8());
    }

    @Override
    public void reading(boolean wanted) {
        out.add(name + (wanted ? " reads" : " rests"));
    }

    @Override
    public void limit(int maxBytes) {
        limit = maxBytes;
    }

    @Override
    public void refuse() {
        refused = true;
    }

    @Override
    public void close() {
        if (failsToClose) {
            throw new IllegalStateException("no memory for a last word");
        }
        if (!closed) {
            closed = true;
            out.add(name + " closed");
        }
    }

    @Override
    public void cut() {
        closed = true;
        out.add(name + " cut");
    }
}
