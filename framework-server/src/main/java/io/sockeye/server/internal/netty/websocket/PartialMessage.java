package io.sockeye.server.internal.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.sockeye.bytes.Utf8;
import java.util.Arrays;

/**
 * A message of which not all has come: a frame that is not whole, or fragments (CVE-2026-48779). One array, however many they
 * are, of at most twice what has come, and no more than was announced. Owned by the channel's loop.
 */
final class PartialMessage {
    /** As many as the reference server takes of every message. */
    private static final int MIN_FRAGMENTS = 16_384;
    /** A message of {@code maxPayload} bytes may come in fragments of this size. */
    private static final int FRAGMENT_BYTES = 64;

    /** Stands for it without keeping it. */
    private final Object token = new Object();

    private final boolean binary;
    private final int reservedBits;
    /** The unmasked payload, at the beginning of it. */
    private byte[] array = {};

    private int length;
    private int fragments;
    /** Up to where the text is known to be well-formed. */
    private int checked;

    PartialMessage(boolean binary, int reservedBits) {
        this.binary = binary;
        this.reservedBits = reservedBits;
    }

    static int maxFragments(int maxPayload) {
        return Math.max(MIN_FRAGMENTS, maxPayload / FRAGMENT_BYTES);
    }

    /** One more frame of it has begun. */
    void fragment(int maxFragments) {
        fragments++;
        if (fragments > maxFragments) {
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.POLICY_VIOLATION, "fragments: more than " + maxFragments);
        }
    }

    /**
     * Takes so many bytes that are unmasked.
     *
     * @param end how long the message is at most, as far as is known
     */
    void append(ByteBuf in, int count, int end) {
        int needed = length + count;
        if (needed > array.length) {
            // Twice as long each time, else a long message in short parts would be copied again and again.
            array = Arrays.copyOf(array, (int) Math.max(needed, Math.min(end, 2L * needed)));
        }
        in.readBytes(array, length, count);
        length = needed;
    }

    /** A frame of it is whole, and others follow. Text that is not compressed is looked at now, since they may take long. */
    void check() {
        if (binary || reservedBits != 0) {
            return;
        }
        checked = Utf8.completeUntil(array, checked, length);
        if (checked < 0) {
            throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "text: no UTF-8");
        }
    }

    Object token() {
        return token;
    }

    /** How many bytes have come. */
    int length() {
        return length;
    }

    /** How many bytes it takes. */
    int held() {
        return array.length;
    }

    /** The message, of which all has come. */
    WebSocketFrame whole() {
        var content = Unpooled.wrappedBuffer(array, 0, length);
        return binary
                ? new BinaryWebSocketFrame(true, reservedBits, content)
                : new TextWebSocketFrame(true, reservedBits, content);
    }
}
