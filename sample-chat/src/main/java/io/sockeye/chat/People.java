package io.sockeye.chat;

import io.sockeye.server.SocketServer;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who is in which room, and telling it to those who are there. Any thread. */
final class People {
    private final SocketServer server;
    /** The last announcement; guarded by this. */
    private CompletableFuture<Void> announcements = CompletableFuture.completedFuture(null);

    People(SocketServer server) {
        this.server = server;
    }

    CompletableFuture<List<Person>> in(Room room) {
        return server.to(room.key())
                .localSockets()
                .thenApply(sockets -> sockets.stream()
                        .map(Person::of)
                        .sorted(Comparator.comparing(Person::name, String.CASE_INSENSITIVE_ORDER))
                        .toList());
    }

    /** One after another, so that nobody is left with a list that is out of date. */
    synchronized void announce(Room room) {
        announcements = announcements
                .thenCompose(done -> in(room))
                .thenAccept(people -> server.to(room.key()).emit(ChatEvents.PEOPLE, people));
    }
}
