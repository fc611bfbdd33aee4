package io.sockeye.server;

import io.sockeye.server.engine.Sid;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** What clients are told of numbers of this server's log. Any thread. */
final class Offsets {
    private static final int RADIX = 36;

    /** Tells the offsets of this server from those of others and from texts of the application. */
    private final String prefix;

    Offsets(SecureRandom random) {
        this.prefix = Sid.random(random).substring(0, 8) + ".";
    }

    String of(long number) {
        return prefix + Long.toString(number, RADIX);
    }

    /** The number that an offset stands for; negative if it is none of this server's. */
    long number(@Nullable String offset) {
        if (offset == null || !offset.startsWith(prefix)) {
            return -1;
        }
        try {
            return Long.parseLong(offset.substring(prefix.length()), RADIX);
        } catch (NumberFormatException e) {
            return -1; // The application's own text, or made up by the client.
        }
    }
}
