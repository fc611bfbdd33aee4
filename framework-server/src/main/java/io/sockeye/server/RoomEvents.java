package io.sockeye.server;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells the {@link RoomListener}s of one namespace. Any thread. */
final class RoomEvents {
    private final ServerContext context;
    private final Mailbox mailbox;
    private final List<RoomListener> listeners = new CopyOnWriteArrayList<>();
    private final RoomCounts counts = new RoomCounts();
    /** What is to be told, in order: not told before the count is changed, since listeners may change it again. */
    private final Queue<Consumer<RoomListener>> news = new ConcurrentLinkedQueue<>();

    RoomEvents(ServerContext context) {
        this.context = context;
        this.mailbox = context.mailbox(null);
    }

    void add(RoomListener listener) {
        listeners.add(listener);
    }

    Set<String> rooms() {
        return counts.rooms();
    }

    /** How many rooms there are. */
    int size() {
        return counts.size();
    }

    boolean has(String room) {
        return counts.has(room);
    }

    void joined(String room, String socketId) {
        counts.add(room, count -> {
            if (count == 1) {
                tell(listener -> listener.created(room));
            }
            tell(listener -> listener.joined(room, socketId));
        });
        spread();
    }

    void left(String room, String socketId) {
        counts.remove(room, count -> {
            tell(listener -> listener.left(room, socketId));
            if (count == 0) {
                tell(listener -> listener.deleted(room));
            }
        });
        spread();
    }

    private void tell(Consumer<RoomListener> what) {
        if (!listeners.isEmpty()) {
            news.add(what);
        }
    }

    private void spread() {
        if (!news.isEmpty()) {
            mailbox.post(this::tellAll);
        }
    }

    private void tellAll() {
        for (var what = news.poll(); what != null; what = news.poll()) {
            var present = what;
            listeners.forEach(listener -> context.calls().guard(() -> present.accept(listener), () -> "room listener"));
        }
    }
}
