package io.sockeye.event;

import io.sockeye.json.Varargs;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledgement that the sender of an event waits for. Sent at most once, on any thread.
 *
 * <pre>{@code
 * @OnEvent("order")
 * void order(Order order, Ack ack) {
 *     kitchen.cook(order).thenAccept(meal -> ack.send(meal));
 * }
 * }</pre>
 */
public final class Ack {
    /** For an event whose sender asked for none; sending it does nothing. */
    public static final Ack NONE = new Ack(null);

    /** What the error handlers of requests return to leave the sender of the event without an acknowledgement. */
    public static final Object NO_ANSWER = new Object() {
        @Override
        public String toString() {
            return "no answer";
        }
    };

    private final boolean requested;
    /** Null once it was sent. */
    private final AtomicReference<@Nullable Consumer<List<?>>> sender;

    private Ack(@Nullable Consumer<List<?>> sender) {
        this.requested = sender != null;
        this.sender = new AtomicReference<>(sender);
    }

    /** An acknowledgement that is passed to this consumer. */
    public static Ack of(Consumer<List<?>> sender) {
        return new Ack(sender);
    }

    /** Whether the sender asked for it. */
    public boolean requested() {
        return requested;
    }

    /**
     * Sends the acknowledgement, unless it was sent already or not asked for; the same as {@link Args#ack}. After the
     * disconnection it has no effect. If the values cannot be written the exception is thrown, and other values may be
     * sent.
     *
     * @param values each is one of the acknowledgement's values; a list is one value
     * @return whether this call sent it
     */
    public boolean send(@Nullable Object @Nullable ... values) {
        var once = sender.getAndSet(null);
        if (once == null) {
            return false;
        }
        try {
            once.accept(Varargs.list(values));
        } catch (RuntimeException | Error e) {
            sender.set(once);
            throw e;
        }
        return true;
    }
}
