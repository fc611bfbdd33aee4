package io.sockeye.server.internal.rooms;

import java.util.List;

/** The loops of a server. Any thread. */
public final class Loops {
    private volatile List<LoopRooms> running = List.of();

    /** In the order of their indices; empty unless the server runs. */
    public List<LoopRooms> running() {
        return running;
    }

    public void start(List<LoopRooms> started) {
        running = List.copyOf(started);
    }

    /** From now on nobody is asked any more, since nobody would answer. */
    public void stop() {
        running = List.of();
    }
}
