package io.sockeye.server.netty;

import io.netty.handler.codec.TooLongFrameException;

/** A message has more bytes than it may have. */
final class MessageTooBigException extends TooLongFrameException {
    private static final long serialVersionUID = 1;

    private final long bytes;

    /** @param bytes how long the message is at least */
    MessageTooBigException(long bytes, int limit) {
        super("message: at least " + bytes + " bytes, limit " + limit);
        this.bytes = bytes;
    }

    /** How long the message is at least. */
    long bytes() {
        return bytes;
    }
}
