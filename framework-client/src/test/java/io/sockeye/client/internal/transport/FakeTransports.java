package io.sockeye.client.internal.transport;

import io.sockeye.engine.Transport;
import io.sockeye.protocol.TransportKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Transports that lead to the test. */
public final class FakeTransports implements Transports {
    /** All that were opened, in order. */
    public final List<FakeTransport> opened = new ArrayList<>();

    public boolean closed;

    public FakeTransport last() {
        return opened.get(opened.size() - 1);
    }

    @Override
    public SessionTransports session(TransportOwner owner) {
        return new SessionTransports() {
            @Override
            public Transport open(TransportKind kind) {
                var transport = kind == TransportKind.POLLING
                        ? new FakeTransport.Polling(owner)
                        : new FakeTransport(kind, owner);
                opened.add(transport);
                return transport;
            }

            @Override
            public void opened(String sid) {}

            @Override
            public @Nullable TransportFailure blockedBy() {
                return null;
            }

            @Override
            public void activeTransport(TransportKind kind) {}

            @Override
            public CompletableFuture<Void> ended() {
                return CompletableFuture.completedFuture(null);
            }
        };
    }

    @Override
    public void close() {
        closed = true;
    }
}
