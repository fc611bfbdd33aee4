package io.sockeye.server.internal.netty.websocket;

import io.netty.handler.codec.TooLongFrameException;

/** A message has more bytes than it may have. */
public final class MessageTooBigException extends TooLongFrameException {
    private static final long serialVersionUID = 1;

    private final long bytes;

    /** @param bytes how long the message is at least */
    public MessageTooBigException(long bytes, int limit) {
        super("message: at least " + bytes + " bytes, limit " + limit);
        this.bytes = bytes;
    }

    /** How long the message is at least. */
    public long bytes() {
        return bytes;
    }
}
