package io.sockeye.chat.terminal;

import io.sockeye.chat.Delivered;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which of my latest messages have reached the others. The news of that may overtake the server's receipt. */
final class Deliveries {
    private static final int MAX = 1000;
    private static final Progress NONE = new Progress(false, 0, 0);

    /** By the message's id; the oldest comes first. */
    private final Map<String, Progress> messages = new LinkedHashMap<>();

    /**
     * @param accepted whether the receipt is here
     * @param others for how many others the message is
     * @param to how many of them have it
     */
    private record Progress(boolean accepted, int others, int to) {
        boolean complete() {
            return to >= others;
        }
    }

    /** The server has a message of mine; returns what to say about its delivery, if all others have it already. */
    Optional<String> accepted(String id, int others) {
        return note(id, new Progress(true, others, before(id).to()));
    }

    /** One more has a message of mine; returns what to say about it, once all others have it. */
    Optional<String> delivered(Delivered delivered) {
        var before = before(delivered.id());
        return note(delivered.id(), new Progress(before.accepted(), before.others(), delivered.to()));
    }

    private Progress before(String id) {
        return messages.getOrDefault(id, NONE);
    }

    private Optional<String> note(String id, Progress progress) {
        messages.put(id, progress);
        if (messages.size() > MAX) {
            messages.remove(messages.keySet().iterator().next());
        }
        boolean news = progress.accepted() && progress.complete() && progress.to() > 0;
        return news ? Optional.of("✓✓ delivered to " + progress.to()) : Optional.empty();
    }

    /** Whether all that the server has, all others have, too. */
    boolean settled() {
        return messages.values().stream().allMatch(it -> it.complete() || !it.accepted());
    }

    /** As somebody new, I hear nothing more of what I said before. */
    void clear() {
        messages.clear();
    }
}
