package io.sockeye.client.internal.socket;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.internal.handlers.UserCallbacks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Those who wait to hear whether a socket is connected. Owned by the loop. */
final class ConnectFutures {
    private final UserCallbacks callbacks;
    /** Those who want to know of the next failure. */
    private final List<CompletableFuture<Void>> hasty = new ArrayList<>(1);
    /** Those who want to know of the last failure alone. */
    private final List<CompletableFuture<Void>> patient = new ArrayList<>(0);
    /** Why the socket does not try any more to be connected; null unless it has given up. */
    private @Nullable ConnectFailedException givenUp;

    ConnectFutures(UserCallbacks callbacks) {
        this.callbacks = callbacks;
    }

    /** The socket tries to be connected, if it does not already. */
    void add(CompletableFuture<Void> future) {
        givenUp = null;
        hasty.add(future);
    }

    void addPatient(CompletableFuture<Void> future) {
        if (givenUp != null) {
            callbacks.fail(future, givenUp);
            return;
        }
        patient.removeIf(CompletableFuture::isDone);
        patient.add(future);
    }

    void connected() {
        hasty.forEach(callbacks::complete);
        hasty.clear();
        patient.forEach(callbacks::complete);
        patient.clear();
    }

    /** @param last whether the socket does not try again */
    void failed(ConnectFailedException failure, boolean last) {
        hasty.forEach(future -> callbacks.fail(future, failure));
        hasty.clear();
        if (last) {
            givenUp = failure;
            patient.forEach(future -> callbacks.fail(future, failure));
            patient.clear();
        }
    }
}
