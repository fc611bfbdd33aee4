package io.sockeye.server.internal.rooms;

import io.sockeye.server.RoomListener;
import io.sockeye.server.internal.context.ServerContext;
import io.sockeye.server.internal.threads.Mailbox;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Tells the {@link RoomListener}s of one namespace. Where they are so slow that as many bytes wait as an outbox may have, they are told of no more
 * until half of it is done. Any thread.
 */
public final class RoomEvents {
    /** What the objects of one that waits take, about. */
    public static final int OBJECTS = 128;

    private final ServerContext context;
    private final Mailbox mailbox;
    private final List<RoomListener> listeners = new CopyOnWriteArrayList<>();
    private final RoomCounts counts = new RoomCounts();
    /** What is to be told, in order: not told before the count is changed, since listeners may change it again. */
    private final Queue<News> news = new ConcurrentLinkedQueue<>();

    /** Whether {@link #tellAll} waits in the mailbox, where one for each change would be more than what is bounded here. */
    private final AtomicBoolean posted = new AtomicBoolean();

    private final long limitBytes;
    private final AtomicLong waitingBytes = new AtomicLong();
    /** Whether some were left out, and more than half of the bytes still wait. */
    private final AtomicBoolean full = new AtomicBoolean();
    /** Whether the application has yet to be told that some were left out. */
    private final AtomicBoolean unsaid = new AtomicBoolean();

    public RoomEvents(ServerContext context) {
        this.context = context;
        this.mailbox = context.mailbox(null);
        this.limitBytes = context.engine().limits().outboxBytes();
    }

    public void add(RoomListener listener) {
        listeners.add(listener);
    }

    public Set<String> rooms() {
        return counts.rooms();
    }

    /** How many rooms there are. */
    public int size() {
        return counts.size();
    }

    public boolean has(String room) {
        return counts.has(room);
    }

    void joined(String room, String socketId) {
        counts.add(room, count -> {
            if (count == 1) {
                tell(room, listener -> listener.created(room));
            }
            tell(room, listener -> listener.joined(room, socketId));
        });
        postCalls();
    }

    void left(String room, String socketId) {
        counts.remove(room, count -> {
            tell(room, listener -> listener.left(room, socketId));
            if (count == 0) {
                tell(room, listener -> listener.deleted(room));
            }
        });
        postCalls();
    }

    private void tell(String room, Consumer<RoomListener> what) {
        if (listeners.isEmpty() || (full.get() && waitingBytes.get() > limitBytes / 2)) {
            return;
        }
        long bytes = (long) OBJECTS + room.length();
        if (waitingBytes.get() + bytes > limitBytes) {
            if (full.compareAndSet(false, true)) {
                unsaid.set(true);
            }
            return;
        }
        full.set(false);
        waitingBytes.addAndGet(bytes);
        news.add(new News(what, bytes));
    }

    private void tooSlow() {
        context.calls()
                .report(
                        new IllegalStateException("room listeners are not told of all: too much waits"),
                        "room listener");
    }

    /** Not before the count is changed: an executor may call the application on the spot, which must not hold up the count. */
    private void postCalls() {
        if (unsaid.get() && unsaid.compareAndSet(true, false)) {
            mailbox.post(this::tooSlow);
        }
        if (!news.isEmpty() && posted.compareAndSet(false, true)) {
            mailbox.post(this::tellAll);
        }
    }

    private void tellAll() {
        posted.set(false); // What comes while this looks is told here, or by the next one.
        for (var next = news.poll(); next != null; next = news.poll()) {
            var present = next;
            waitingBytes.addAndGet(-present.bytes());
            listeners.forEach(
                    listener -> context.calls().guard(() -> present.what().accept(listener), () -> "room listener"));
        }
    }

    private record News(Consumer<RoomListener> what, long bytes) {}
}
