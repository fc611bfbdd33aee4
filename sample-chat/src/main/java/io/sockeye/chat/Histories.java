package io.sockeye.chat;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The recent messages of the rooms that were used last. Any thread. */
final class Histories {
    private static final int ROOMS = 50;
    private static final int MESSAGES = 100;
    /** An event carries at most 10 attachments, and each picture is one. */
    private static final int PICTURES = 4;

    /** The room that was used last comes last. */
    private final Map<Room, ArrayDeque<Message>> byRoom = new LinkedHashMap<>(16, 0.75f, true);

    synchronized void add(Room room, Message message) {
        var messages = byRoom.computeIfAbsent(room, key -> new ArrayDeque<>());
        messages.add(message);
        if (messages.size() > MESSAGES) {
            messages.remove();
        }
        if (messages.stream().filter(Histories::hasPicture).count() > PICTURES) {
            messages.removeFirstOccurrence(
                    messages.stream().filter(Histories::hasPicture).findFirst().orElseThrow());
        }
        if (byRoom.size() > ROOMS) {
            byRoom.remove(byRoom.keySet().iterator().next());
        }
    }

    private static boolean hasPicture(Message message) {
        return message.picture() != null;
    }

    /** Oldest first. */
    synchronized List<Message> of(Room room) {
        return List.copyOf(byRoom.getOrDefault(room, new ArrayDeque<>()));
    }
}
