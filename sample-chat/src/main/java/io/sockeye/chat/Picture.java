package io.sockeye.chat;

import java.nio.ByteBuffer;
import java.util.Set;

/** A picture; its data travels as a binary attachment. */
record Picture(String name, String type, ByteBuffer data) {
    private static final Set<String> TYPES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
    private static final int MAX_BYTES = 700_000;

    boolean isShowable() {
        return TYPES.contains(type) && data.hasRemaining() && data.remaining() <= MAX_BYTES;
    }
}
