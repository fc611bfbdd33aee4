package io.sockeye.chat;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said or showed.
 *
 * @param to for whom alone it is; null for the room
 * @param at milliseconds since 1970
 */
public record Message(
        String id,
        Person from,
        @Nullable Person to,
        @Nullable String text,
        @Nullable Picture picture,
        long at) {
    private static final int MAX_TEXT = 4000;

    static boolean isText(@Nullable String text) {
        return text != null && !text.isBlank() && text.length() <= MAX_TEXT;
    }

    static Message text(Person from, String text) {
        return new Message(newId(), from, null, text, null, now());
    }

    static Message picture(Person from, Picture picture) {
        return new Message(newId(), from, null, null, picture, now());
    }

    static Message whisper(Person from, Person to, String text) {
        return new Message(newId(), from, to, text, null, now());
    }

    Receipt receipt() {
        return new Receipt(id, at);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
