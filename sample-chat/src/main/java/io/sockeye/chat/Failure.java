package io.sockeye.chat;

import org.jspecify.annotations.Nullable;

/**
 * Why something was not done, in words for people.
 *
 * @param error null in an answer that says that it was done
 */
public record Failure(@Nullable String error) {
    static final Failure TEXT = new Failure("A message needs 1 to 4000 characters.");
    static final Failure PICTURE = new Failure("A picture must be PNG, JPEG, GIF or WebP of at most 700 kB.");
    static final Failure GONE = new Failure("This person is no longer here.");
}
