package io.sockeye.engine.session;

import io.sockeye.protocol.EnginePacket;
import io.sockeye.protocol.TransportKind;
import java.util.List;

/** A client's polling that records what it is told; whether requests are under way is up to the test. */
final class FakePolling implements Pausable {
    /** Whether no POST is under way. */
    boolean writable = true;

    private final List<String> out;
    private final FakeTransport transport;
    private boolean paused;

    FakePolling(List<String> out) {
        this.out = out;
        this.transport = new FakeTransport(TransportKind.POLLING, out);
    }

    @Override
    public TransportKind kind() {
        return transport.kind();
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
        return writable && !paused && transport.writable();
    }

    @Override
    public boolean flushed() {
        return transport.flushed();
    }

    @Override
    public void write(List<EnginePacket> packets) {
        transport.writable = writable();
        transport.write(packets);
        transport.writable = true;
    }

    /** The POST has left. */
    void flush() {
        transport.flushed = true;
    }

    @Override
    public void pause() {
        paused = true;
        out.add("polling pauses");
    }

    @Override
    public void resume() {
        paused = false;
        out.add("polling resumes");
    }

    @Override
    public void reading(boolean wanted) {
        transport.reading(wanted);
    }

    @Override
    public void close() {
        transport.close();
    }
}
