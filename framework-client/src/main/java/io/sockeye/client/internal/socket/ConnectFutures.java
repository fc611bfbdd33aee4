package io.sockeye.client.internal.socket;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.internal.handlers.UserCallbacks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The futures of {@code connect()} and {@code whenConnected()} of one socket. Owned by the loop. */
final class ConnectFutures {
    private final UserCallbacks callbacks;
    /** Of {@code connect()}: fail at the next failure. */
    private final List<CompletableFuture<Void>> untilFailure = new ArrayList<>(1);
    /** Of {@code whenConnected()}: fail when no attempt follows. */
    private final List<CompletableFuture<Void>> persistent = new ArrayList<>(0);
    /** The failure after which no attempt followed; null while there may be one. */
    private @Nullable ConnectFailedException finalFailure;

    ConnectFutures(UserCallbacks callbacks) {
        this.callbacks = callbacks;
    }

    /** The socket connects, or does so already. */
    void add(CompletableFuture<Void> future) {
        finalFailure = null;
        untilFailure.add(future);
    }

    void addPersistent(CompletableFuture<Void> future) {
        if (finalFailure != null) {
            callbacks.fail(future, finalFailure);
            return;
        }
        persistent.removeIf(CompletableFuture::isDone);
        persistent.add(future);
    }

    void connected() {
        untilFailure.forEach(callbacks::complete);
        untilFailure.clear();
        persistent.forEach(callbacks::complete);
        persistent.clear();
    }

    /** @param last whether no attempt follows */
    void failed(ConnectFailedException failure, boolean last) {
        untilFailure.forEach(future -> callbacks.fail(future, failure));
        untilFailure.clear();
        if (last) {
            finalFailure = failure;
            persistent.forEach(future -> callbacks.fail(future, failure));
            persistent.clear();
        }
    }
}
