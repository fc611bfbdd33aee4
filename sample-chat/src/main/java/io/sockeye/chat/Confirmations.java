package io.sockeye.chat;

import io.sockeye.server.SocketServer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which pages show which of the latest messages: the second tick. A page confirms a message by an event, not by an
 * acknowledgement: a page that comes back after a break gets the events that it missed, but no requests. The author gets
 * the news as an event as well, after a break if need be. Any thread.
 */
final class Confirmations {
    private static final int MESSAGES = 1000;

    private final SocketServer server;
    /** By the message's id; the oldest comes first. */
    private final Map<String, Sent> latest = new LinkedHashMap<>();

    /** By whom a message is, and whose pages show it, by the ids of the sockets. */
    private record Sent(String author, Set<String> shown) {}

    Confirmations(SocketServer server) {
        this.server = server;
    }

    /** To be called before the message is sent. */
    synchronized void expect(Message message) {
        latest.put(message.id(), new Sent(message.from().id(), new HashSet<>()));
        if (latest.size() > MESSAGES) {
            latest.remove(latest.keySet().iterator().next());
        }
    }

    /** Tells the author that one more page shows the message. */
    synchronized void confirm(String id, String page) {
        var sent = latest.get(id);
        if (sent != null && sent.shown().add(page)) {
            var delivered = new Delivered(id, sent.shown().size());
            server.to(sent.author()).emit(ChatEvents.DELIVERED, delivered);
        }
    }
}
