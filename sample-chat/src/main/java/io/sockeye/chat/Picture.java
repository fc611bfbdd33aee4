package io.sockeye.chat;

import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A picture; its data travels as a binary attachment. */
public record Picture(
        @Nullable String name,
        @Nullable String type,
        @Nullable ByteBuffer data) {
    private static final Set<String> TYPES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
    private static final int MAX_NAME = 255;
    private static final int MAX_BYTES = 700_000;

    boolean isShowable() {
        return name != null
                && name.length() <= MAX_NAME
                && type != null
                && TYPES.contains(type)
                && data != null
                && data.hasRemaining()
                && data.remaining() <= MAX_BYTES;
    }
}
