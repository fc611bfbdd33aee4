package io.sockeye.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One server's way to the bus and back. All but {@link #send} and {@link #ask} is called on the bus. */
final class BusLink {
    private final BusTime.Lane there;
    private final BusTime.Lane back;
    /** What the server is told, while that waits; null while it does not. */
    private @Nullable List<Runnable> held;
    /** Whether the server cannot reach what is shared. */
    private boolean cut;

    BusLink(BusTime time) {
        there = time.lane();
        back = time.lane();
    }

    void hold() {
        held = new ArrayList<>();
    }

    void go() {
        var waiting = held;
        held = null;
        if (waiting != null) {
            waiting.forEach(back::carry);
        }
    }

    void cut(boolean broken) {
        cut = broken;
    }

    /** The server is gone: it neither says nor hears anything more. */
    void end() {
        there.close();
        back.close();
    }

    /** Does something on the bus. Any thread. */
    void send(Runnable what) {
        there.carry(what);
    }

    /** The server hears of something later. */
    void tell(Runnable what) {
        if (held == null) {
            back.carry(what);
        } else {
            held.add(what);
        }
    }

    /** Asks the bus for something that is shared. Any thread. */
    <T> CompletableFuture<T> ask(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        send(() -> {
            if (cut) {
                tell(() -> answer.completeExceptionally(new IllegalStateException("cut off")));
                return;
            }
            var value = question.get();
            tell(() -> answer.complete(value));
        });
        return answer;
    }
}
