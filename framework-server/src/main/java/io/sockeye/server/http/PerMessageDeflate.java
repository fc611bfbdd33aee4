package io.sockeye.server.http;

/**
 * Compresses WebSocket messages for clients that offer it (RFC 7692). Off unless chosen: it costs time on the event loop.
 * Without context takeover, the default, each message stands for itself: a connection then costs no memory, and a
 * broadcast is compressed once for all clients of an event loop. With it, messages get smaller, each is compressed for
 * each client, and a connection costs some 300 KiB for what it sends and 40 KiB for what it receives, outside the heap; where
 * that would be more than a quarter of the JVM's memory, further clients get messages that stand for themselves. Messages above 1 MiB
 * are sent as they are; what a client sends may be {@code maxPayload} long once it is inflated.
 *
 * <pre>{@code
 * SocketServer.builder().perMessageDeflate(PerMessageDeflate.DEFAULT.threshold(4096))
 * }</pre>
 *
 * @param thresholdBytes shorter messages are sent as they are
 * @param serverNoContextTakeover whether each message of the server stands for itself
 * @param clientNoContextTakeover whether each message of a client must stand for itself
 */
public record PerMessageDeflate(int thresholdBytes, boolean serverNoContextTakeover, boolean clientNoContextTakeover) {
    /** From 1024 bytes on, each message for itself. */
    public static final PerMessageDeflate DEFAULT = new PerMessageDeflate(1024, true, true);

    public PerMessageDeflate {
        if (thresholdBytes < 0) {
            throw new IllegalArgumentException("perMessageDeflate threshold: " + thresholdBytes);
        }
    }

    /** The same from so many bytes on. */
    public PerMessageDeflate threshold(int bytes) {
        return new PerMessageDeflate(bytes, serverNoContextTakeover, clientNoContextTakeover);
    }

    /** The same with messages that may build on earlier ones, in each direction. */
    public PerMessageDeflate contextTakeover(boolean ofServer, boolean ofClient) {
        return new PerMessageDeflate(thresholdBytes, !ofServer, !ofClient);
    }
}
